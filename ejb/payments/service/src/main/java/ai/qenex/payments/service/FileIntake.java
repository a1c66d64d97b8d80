package ai.qenex.payments.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.payments.PaymentFile;
import ai.qenex.payments.PaymentFile.Status;
import ai.qenex.payments.PaymentFiles.Receipt;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.GroupTotals;
import ai.qenex.payments.initiation.InitiationHeader;
import ai.qenex.payments.iso20022.InitiationReader;
import ai.qenex.payments.iso20022.Iso20022Message;
import ai.qenex.payments.iso20022.UnreadableDocumentException;
import ai.qenex.payments.rules.Fault;
import ai.qenex.payments.rules.FileRules;
import ai.qenex.payments.rules.Part;
import ai.qenex.payments.rules.ReasonCode;
import ai.qenex.payments.service.FileRow.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a payment file in: one pass over the stream validates, counts, hashes and compresses it; then the file and its
 * groups are stored with what is wrong with them as a whole, in one transaction.
 */
final class FileIntake {

  private final Transactions transactions;
  private final BusinessDays days;
  private final PaymentsConfig config;
  private final Origins origins;

  /** Where ids and times come from. */
  record Origins(UuidV7 ids, InstantSource clock) {}

  FileIntake(Transactions transactions, BusinessDays days, PaymentsConfig config, Origins origins) {
    this.transactions = transactions;
    this.days = days;
    this.config = config;
    this.origins = origins;
  }

  /**
   * See {@link ai.qenex.payments.PaymentFiles#receive}.
   *
   * @throws QenexException {@code INVALID_REQUEST} if the stream breaks off
   */
  Receipt receive(InputStream stream, String submitter) {
    ReceivedDocument document = null;
    try {
      document = new ReceivedDocument(stream);
      var counter = new GroupCounter();
      Iso20022Message message = InitiationReader.validate(document, config.maxFileBytes(), counter);
      document.close();
      return store(document, message, counter, submitter);
    } catch (UnreadableDocumentException unreadable) {
      return new Receipt.Unreadable(unreadable.faults());
    } catch (GroupCounter.TooManyPaymentsException tooMany) {
      return new Receipt.Unreadable(List.of(new StatusReason(ReasonCode.FF01.name(),
          Part.FILE_COUNT.elementPath("", ""), tooMany.getMessage())));
    } catch (IOException e) {
      throw new QenexException(ErrorCode.INVALID_REQUEST, "the document broke off", e);
    } finally {
      if (document != null) {
        document.discard();
      }
    }
  }

  private Receipt store(ReceivedDocument document, Iso20022Message message, GroupCounter counter, String submitter) {
    byte[] hash = document.hash();
    Instant now = origins.clock().instant();
    InitiationHeader header = counter.header();
    List<GroupTotals> groups = counter.groups();
    Optional<StatusReason> reason = FileRules.judgeFile(header, groups).map(Fault::inHeader);
    var file = new FileRow(origins.ids().next(), hash,
        new Origin(header.messageId(), message.id(), header.initiatingParty(), submitter),
        reason.isPresent() ? Status.REJECTED : Status.RECEIVED, groups.size(), counter.payments(), header.controlSum(),
        0,
        reason, now, reason.map(none -> now), now);
    Map<Integer, StatusReason> refused = refusals(groups);
    return transactions.run(connection -> {
      var files = new FileStore(connection);
      Optional<FileRow> known = files.findByHash(hash);
      if (known.isPresent()) {
        return new Receipt.Taken(read(connection, known.get()), true);
      }
      if (reason.isEmpty() && files.countOpen() >= config.filesWaiting()) {
        throw new QenexException(ErrorCode.OVERLOADED, "too many payment files are waiting");
      }
      FileRow stored = insert(files, file);
      if (!stored.id().equals(file.id())) {
        return new Receipt.Taken(read(connection, stored), true);
      }
      files.insertGroups(stored.id(), groups, refused);
      DocumentParts.ofFiles().store(connection, transactions.personal(), document.copy(), stored.id());
      return new Receipt.Taken(read(connection, stored), false);
    });
  }

  /**
   * Stores it, as rejected if its message id is known; answers the stored one if its bytes came in by another way
   * meanwhile.
   */
  private FileRow insert(FileStore files, FileRow file) throws SQLException {
    if (files.insert(file)) {
      return file;
    }
    Fault duplicate = new Fault(ReasonCode.DUPL, Part.MESSAGE_ID,
        "message id " + file.origin().messageId() + " was used before");
    var rejected = new FileRow(file.id(), file.sha256(), file.origin(), Status.REJECTED, file.groups(), file.payments(),
        file.controlSum(), 0, Optional.of(duplicate.inHeader()), file.receivedAt(), Optional.of(file.receivedAt()),
        file.updatedAt());
    if (files.insert(rejected)) {
      return rejected;
    }
    return files.findByHash(file.sha256())
        .orElseThrow(() -> new SQLException("a payment file is neither known nor new"));
  }

  private static PaymentFile read(Connection connection, FileRow file) throws SQLException {
    return file.toFile(new PaymentStore(connection).countByStatus(file.id()));
  }

  private Map<Integer, StatusReason> refusals(List<GroupTotals> groups) {
    LocalDate today = today(days, origins.clock());
    var reasons = new HashMap<Integer, StatusReason>();
    for (GroupTotals totals : groups) {
      FileRules.judgeGroup(totals, today)
          .ifPresent(fault -> reasons.put(totals.group().number(), fault.in(totals.group())));
    }
    return reasons;
  }

  /**
   * The later of the bank's business date and the calendar's: a bank that lags behind still takes orders for its
   * customers' today.
   */
  static LocalDate today(BusinessDays days, InstantSource clock) {
    LocalDate bank = days.current().date();
    LocalDate calendar = LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
    return bank.isAfter(calendar) ? bank : calendar;
  }
}
