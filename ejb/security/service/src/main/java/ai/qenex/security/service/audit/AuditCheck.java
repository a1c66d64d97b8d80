package ai.qenex.security.service.audit;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.MerkleTree;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.TreeHash;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLog.Key;
import ai.qenex.security.AuditLog.Report;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.audit.AuditForm;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares what is stored with what was signed (invariant AUDIT-2): each time the latest head, the newest records, and
 * the next stretch of the others, round and round.
 */
final class AuditCheck {

  /** Records that are hashed again by each check, a multiple of the stretch of a lowest kept subtree. */
  static final int STRETCH = 16 << AuditTip.LOWEST_KEPT;
  private static final int NEWEST = 2 << AuditTip.LOWEST_KEPT;
  private static final int MOST_VIOLATIONS = 20;

  private final AuditReading reading;
  private final AtomicLong place = new AtomicLong();

  AuditCheck(AuditReading reading) {
    this.reading = reading;
  }

  Report run(Optional<String> ofCopies) {
    return reading.ask(store -> {
      var violations = new ArrayList<String>();
      ofCopies.ifPresent(violations::add);
      Optional<AuditHead> head = store.latestHead();
      head.ifPresent(latest -> examine(store, latest, violations));
      long signed = head.map(AuditHead::size).orElse(0L);
      long newest = store.newest().seq();
      if (newest < signed) {
        violations
            .add("head " + head.orElseThrow().number() + " covers " + signed + " records, and there are " + newest);
      }
      long from = place.getAndUpdate(last -> last + STRETCH >= newest ? 0 : last + STRETCH) + 1;
      from = from > newest ? 1 : from;
      long to = Math.min(newest, from + STRETCH - 1);
      hash(store, new Stretch(from, to, signed), violations);
      long tail = Math.max(to + 1, (newest - NEWEST >> AuditTip.LOWEST_KEPT << AuditTip.LOWEST_KEPT) + 1);
      hash(store, new Stretch(Math.max(1, tail), newest, signed), violations);
      return new Report(newest, signed, head.map(AuditHead::number).orElse(0L), from, to,
          violations.subList(0, Math.min(MOST_VIOLATIONS, violations.size())));
    });
  }

  private static void examine(AuditStore store, AuditHead latest, List<String> violations) {
    try {
      Optional<Key> key = store.keys().stream().filter(known -> known.keyId().equals(latest.keyId())).findFirst();
      boolean good = key.filter(known -> SignatureSuites.verify(latest.suite(), known.publicKey(), latest.form(),
          latest.signature())).isPresent();
      if (!good) {
        violations.add("the signature of head " + latest.number() + " does not verify");
      }
      Hash root = new MerkleTree(new AuditReading.StoredSubtrees(store)::root).root(latest.size());
      if (!root.equals(latest.root())) {
        violations.add("the stored hashes up to record " + latest.size() + " are not those that head "
            + latest.number() + " covers");
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "The audit log cannot be read", e);
    } catch (QenexException e) {
      violations.add(e.getMessage());
    }
  }

  /** @param signed records that heads cover */
  private record Stretch(long from, long to, long signed) {}

  /** The contents against the hashes, and whole stretches against the kept subtrees over them. */
  private static void hash(AuditStore store, Stretch stretch, List<String> violations) throws SQLException {
    var form = new AuditForm();
    var tree = new MerkleStack(new TreeHash());
    var expected = new AtomicLong(stretch.from);
    var records = new ArrayList<AuditRecord>();
    try {
      for (long from = stretch.from; from <= stretch.to; from += 1L << AuditTip.LOWEST_KEPT) {
        records.clear();
        long to = Math.min(stretch.to, from + (1L << AuditTip.LOWEST_KEPT) - 1);
        store.scan(from, to, records::add);
        tree.clear();
        for (AuditRecord record : records) {
          if (record.seq() != expected.getAndIncrement()) {
            violations.add("record " + (expected.get() - 1) + " is missing");
            return;
          }
          if (!form.hashOf(record).equals(record.hash())) {
            violations.add("record " + record.seq() + " is not what was written: altered, or the one before it");
          }
          tree.add(record.hash());
        }
        compare(store, new Stretch(from, to, stretch.signed), tree).ifPresent(violations::add);
      }
    } catch (SQLException e) {
      if (e.getSQLState() != null) {
        throw e;
      }
      violations.add(e.getMessage());
    }
    if (expected.get() <= stretch.to) {
      violations.add("record " + expected.get() + " is missing");
    }
  }

  private static Optional<String> compare(AuditStore store, Stretch part, MerkleStack tree) throws SQLException {
    boolean whole = tree.size() == 1L << AuditTip.LOWEST_KEPT && (part.from - 1) % tree.size() == 0
        && part.to <= part.signed;
    if (!whole) {
      return Optional.empty();
    }
    Optional<Hash> kept = store.node(AuditTip.LOWEST_KEPT, part.from - 1 >> AuditTip.LOWEST_KEPT);
    return kept.filter(tree.root()::equals).isPresent() ? Optional.empty()
        : Optional.of("records " + part.from + " to " + part.to + " are not those that were signed");
  }
}
