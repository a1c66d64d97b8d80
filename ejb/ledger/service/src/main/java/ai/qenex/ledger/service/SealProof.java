package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.LedgerCheck;
import ai.qenex.ledger.LedgerCheck.Report.LastSeal;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.seal.EntryForm;
import ai.qenex.ledger.seal.LogAudit;
import ai.qenex.ledger.seal.LogAudit.Finding;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.security.SignatureSuites;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Hashes the stored log again and compares it with its heads (invariant {@code LEDGER-7}), a slice with each call,
 * round and round. What was found wrong is looked at anew by every call until it is right. For many threads, which take
 * turns.
 */
public final class SealProof {

  /** Entries of a call: about a second's work. */
  private static final long SLICE = 300_000;
  private static final int AT_ONCE = 10_000;
  private static final int HEADS_AT_ONCE = 100;
  private static final System.Logger LOG = System.getLogger(SealProof.class.getName());

  private final LogAccess access;
  private final long slice;
  private final KeptProof kept;
  private Round round;

  public SealProof(DataSource database) {
    this(database, SLICE);
  }

  SealProof(DataSource database, long slice) {
    this.access = new LogAccess(database);
    this.slice = slice;
    this.kept = new KeptProof(database);
  }

  /** The report with what the seal has to say. */
  public LedgerCheck.Report completed(LedgerCheck.Report report, Instant now) {
    var violations = new ArrayList<>(report.violations());
    try {
      violation().ifPresent(violations::add);
      kept.violation().ifPresent(violations::add);
    } catch (QenexException e) {
      if (e.code() != ErrorCode.UNAVAILABLE) {
        throw e;
      }
      LOG.log(Level.WARNING, "The log cannot be compared with its heads: {0}", e.getMessage());
    }
    return new LedgerCheck.Report(report.sums(), report.lastSeq(), report.entries(), report.watermark(),
        violations.isEmpty() ? report.provenTo() : 0, report.unproven(), report.lag(), violations, last(now));
  }

  private Optional<LastSeal> last(Instant now) {
    return access.answer(connection -> {
      Optional<SignedHead> last = new SealStore(connection).last();
      return last.isEmpty() ? Optional.empty() : Optional.of(new LastSeal(last.get().head().number(),
          last.get().head().last(), last.get().head().sealedAt(), lag(connection, last.get().head().last(), now)));
    });
  }

  private static Duration lag(Connection connection, long sealed, Instant now) throws SQLException {
    try (var statement = connection.prepareStatement("select booked_at from ledger.log where seq = ?")) {
      statement.setLong(1, sealed + 1);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return Duration.ZERO;
        }
        Duration age = Duration.between(row.getObject(1, OffsetDateTime.class).toInstant(), now);
        return age.isNegative() ? Duration.ZERO : age;
      }
    }
  }

  /** One sentence if the log is not what was sealed, as far as this call looked. */
  public synchronized Optional<String> violation() {
    if (round == null) {
      round = new Round();
    }
    Optional<Finding> finding = round.look();
    if (finding.isPresent() || round.isOver()) {
      round = null;
    }
    finding.ifPresent(found -> LOG.log(Level.ERROR, "The log is not what was sealed: {0}", found));
    return finding.map(found -> "from entry " + found.seq() + " on the log is not what was sealed: " + found.what());
  }

  /** From the first entry to the last head. */
  private final class Round {

    private final Deque<SignedHead> heads = new ArrayDeque<>();
    private final TreeHash hash = new TreeHash();
    private final EntryForm form = new EntryForm();
    private final LogAudit audit = new LogAudit(this::nextHead, this::whyNotSigned);
    private final Map<String, SealStore.PublicKey> keys = new HashMap<>();
    private final long end = access.answer(connection -> new SealStore(connection).last())
        .map(head -> head.head().last()).orElse(0L);
    private long lastHead;
    private long next = 1;

    boolean isOver() {
      return next > end;
    }

    Optional<Finding> look() {
      for (long left = slice; left > 0 && !isOver(); left -= AT_ONCE) {
        for (LedgerEntry entry : entries(Math.min(end, next + Math.min(left, AT_ONCE) - 1))) {
          byte[] bytes = form.bytes(entry);
          Optional<Finding> finding = audit.entry(bytes, hash.leaf(bytes));
          if (finding.isPresent()) {
            return finding;
          }
        }
      }
      return isOver() && audit.proven() < end ? audit.end() : Optional.empty();
    }

    private List<LedgerEntry> entries(long to) {
      var entries = new ArrayList<LedgerEntry>(AT_ONCE);
      access.answer(connection -> {
        access.log(connection).scan(connection, next - 1, to, row -> entries.add(row.entry()));
        return true;
      });
      next = to + 1;
      return entries;
    }

    private Optional<SignedHead> nextHead() {
      if (heads.isEmpty()) {
        heads.addAll(access.answer(connection -> new SealStore(connection).behind(lastHead, HEADS_AT_ONCE)));
      }
      SignedHead head = heads.poll();
      lastHead = head == null ? lastHead : head.head().number();
      return Optional.ofNullable(head);
    }

    private Optional<String> whyNotSigned(SignedHead sealed) {
      SealStore.PublicKey key = keyOf(sealed.head().keyId());
      if (key == null) {
        return Optional.of("its key is not known");
      }
      return SignatureSuites.keyId(key.suite(), key.bytes()).equals(key.keyId())
          && key.suite().equals(sealed.head().suite())
          && SignatureSuites.verify(key.suite(), key.bytes(), sealed.head().form(), sealed.signature())
              ? Optional.empty()
              : Optional.of("its signature does not verify");
    }

    private SealStore.PublicKey keyOf(String keyId) {
      if (!keys.containsKey(keyId)) {
        access.answer(this::readKeys).forEach(key -> keys.put(key.keyId(), key));
      }
      return keys.get(keyId);
    }

    private List<SealStore.PublicKey> readKeys(Connection connection) throws SQLException {
      return new SealStore(connection).keys();
    }
  }
}
