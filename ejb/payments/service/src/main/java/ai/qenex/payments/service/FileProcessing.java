package ai.qenex.payments.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.payments.PaymentFile.Status;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.initiation.InitiationHeader;
import ai.qenex.payments.iso20022.InitiationReader;
import ai.qenex.payments.iso20022.InitiationReceiver;
import ai.qenex.payments.iso20022.UnreadableDocumentException;
import ai.qenex.payments.rules.Fault;
import ai.qenex.payments.rules.Part;
import ai.qenex.payments.rules.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.zip.GZIPInputStream;

/**
 * Judges a stored file chunk by chunk and books what is valid, one chunk while the next is judged. A chunk's rows and
 * the count of payments taken are committed together before anything is submitted to the ledger, so that whoever takes
 * the file up again books what was left accepted and goes on behind the last chunk. Of two that work on one file the
 * slower one stops.
 */
final class FileProcessing {

  private final Transactions transactions;
  private final Booking booking;
  private final FileJudge.Bench bench;
  private final ThreadFactory threads;

  /** @param threads for booking beside judging */
  FileProcessing(Transactions transactions, Booking booking, FileJudge.Bench bench, ThreadFactory threads) {
    this.transactions = transactions;
    this.booking = booking;
    this.bench = bench;
    this.threads = threads;
  }

  /**
   * Brings a file to its end; nothing happens to one that has ended.
   *
   * @throws QenexException as the ledger; the file can be taken up again later
   */
  void process(UUID id) {
    FileRow file = transactions.run(connection -> {
      var files = new FileStore(connection);
      files.begin(id);
      return files.find(id)
          .orElseThrow(() -> new QenexException(ErrorCode.NOT_FOUND, "there is no payment file " + id));
    });
    if (file.status() == Status.PROCESSING) {
      // What an interruption left over goes first: for whom the money lasts does not depend on interruptions.
      booking.finish(transactions.run(connection -> new PaymentStore(connection).pendingOf(id)));
      if (file.taken() < file.payments()) {
        take(file);
      }
      transactions.run(connection -> {
        new FileStore(connection).finish(id, bench.clock().instant());
        return id;
      });
    }
  }

  private void take(FileRow file) {
    Map<Integer, StatusReason> reasons =
        transactions.run(connection -> new FileStore(connection).groupReasons(file.id()));
    var judge = new FileJudge(file, reasons, bench);
    try (var lane = new BookingLane(booking, threads);
        InputStream document =
            new GZIPInputStream(DocumentParts.ofFiles().open(transactions, file.id()), 1 << 16)) {
      var chunks = new ChunkReceiver(file.taken(), judge,
          (rows, upTo) -> lane.book(takeChunk(rows, new Step(file.id(), upTo, judge))));
      InitiationReader.read(document, chunks);
      chunks.flush();
      lane.await();
    } catch (IOException | UnreadableDocumentException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the stored payment file " + file.id() + " is damaged", e);
    }
  }

  /** @return the payments that were found valid and stored */
  private List<PaymentRow> takeChunk(List<PaymentRow> rows, Step step) {
    Set<UUID> duplicates = transactions.run(connection -> insert(connection, rows, step));
    return rows.stream()
        .filter(row -> row.status() == PaymentStatus.ACCEPTED && !duplicates.contains(row.id())).toList();
  }

  private record Step(UUID file, int upTo, FileJudge judge) {}

  /** @return ids of those that turned out to have an end-to-end id that was used before */
  private Set<UUID> insert(Connection connection, List<PaymentRow> rows, Step step) throws SQLException {
    var files = new FileStore(connection);
    if (!files.advance(step.file(), step.upTo() - rows.size(), step.upTo())) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "another worker is ahead with payment file " + step.file());
    }
    files.refuseGroups(step.file(), step.judge().newlyRefusedGroups());
    var store = new PaymentStore(connection, transactions.personal());
    Set<UUID> inserted = store.insert(rows);
    if (inserted.size() == rows.size()) {
      return Set.of();
    }
    Instant now = bench.clock().instant();
    var duplicates = new HashMap<UUID, PaymentRow>();
    for (PaymentRow row : rows) {
      if (!inserted.contains(row.id())) {
        duplicates.put(row.id(), row.rejected(duplicate(row), now));
      }
    }
    if (store.insert(duplicates.values()).size() != duplicates.size()) {
      throw new SQLException("payments of file " + step.file() + " are stored already");
    }
    return duplicates.keySet();
  }

  static StatusReason duplicate(PaymentRow row) {
    var fault =
        new Fault(ReasonCode.AM05, Part.END_TO_END_ID, "the debtor used end-to-end id " + row.endToEndId() + " before");
    return row.place()
        .map(place -> new StatusReason(fault.code().name(),
            fault.part().elementPath("", CreditTransfer.pathOf(place.group(), place.number())),
            fault.detail()))
        .orElseGet(fault::inOrder);
  }

  /** Gathers judged rows until there are enough for a chunk. */
  private static final class ChunkReceiver implements InitiationReceiver {

    private final List<PaymentRow> rows = new ArrayList<>(Booking.MAX_CHUNK);
    private final FileJudge judge;
    private final ChunkTaker taker;
    private int next;

    ChunkReceiver(int skip, FileJudge judge, ChunkTaker taker) {
      this.next = skip;
      this.judge = judge;
      this.taker = taker;
    }

    @Override
    public void header(InitiationHeader header) {
      // judged when the file came in
    }

    @Override
    public void group(InitiationGroup group) {
      judge.enter(group);
    }

    @Override
    public void transfer(CreditTransfer transfer) {
      if (transfer.index() >= next + rows.size()) {
        rows.add(judge.judge(transfer));
        if (rows.size() == Booking.MAX_CHUNK) {
          flush();
        }
      }
    }

    void flush() {
      if (!rows.isEmpty()) {
        next += rows.size();
        taker.take(List.copyOf(rows), next);
        rows.clear();
      }
    }
  }

  @FunctionalInterface
  private interface ChunkTaker {

    void take(List<PaymentRow> rows, int upTo);
  }
}
