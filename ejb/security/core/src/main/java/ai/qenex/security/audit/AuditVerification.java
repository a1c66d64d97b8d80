package ai.qenex.security.audit;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.TreeHash;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares an exported audit log with its signed heads, record by record, in constant memory (invariant AUDIT-2). The
 * first finding ends it. For one thread.
 *
 * <p>
 * Each record names the hash of the one before it, so what was altered, removed, inserted or moved breaks the chain
 * right there; a chain that somebody made anew breaks at the next head, whose signature he cannot make. What was cut
 * off at the end is missing under the newest head: keep that one elsewhere.
 */
public final class AuditVerification {

  /** Judges a head's signature: empty if a trusted key signed it, else one sentence. */
  @FunctionalInterface
  public interface Signatures {
    Optional<String> whyNotSigned(AuditHead head);
  }

  /** Where heads come from, in order; empty after the last one. */
  @FunctionalInterface
  public interface Heads {
    Optional<AuditHead> next();
  }

  /** What is wrong first. @param seq the record it was found at */
  public record Finding(long seq, String what) {}

  private final Heads heads;
  private final Signatures signatures;
  private final AuditForm form = new AuditForm();
  private final MerkleStack tree = new MerkleStack(new TreeHash());
  private Optional<AuditHead> proven = Optional.empty();
  private Optional<AuditHead> current = Optional.empty();
  private Hash last = Hash.NOTHING;
  private Instant lastAt = Instant.MIN;
  private boolean started;

  public AuditVerification(Heads heads, Signatures signatures) {
    this.heads = heads;
    this.signatures = signatures;
  }

  /** Records seen so far. */
  public long size() {
    return tree.size();
  }

  /** The last head whose records were all found as they were signed. */
  public Optional<AuditHead> proven() {
    return proven;
  }

  /** The next record. */
  public Optional<Finding> record(AuditRecord record) {
    Optional<Finding> wrongHead = start();
    if (wrongHead.isPresent()) {
      return wrongHead;
    }
    long expected = tree.size() + 1;
    if (record.seq() != expected) {
      return found(expected, "record " + record.seq() + " stands where " + expected + " belongs: "
          + (record.seq() > expected ? "removed or reordered" : "inserted, repeated or reordered"));
    }
    if (!record.previous().equals(last)) {
      return found(expected, "it does not follow on the record before it: one of the two was altered or exchanged");
    }
    if (!form.hashOf(record).equals(record.hash())) {
      return found(expected, "its contents are not those of its hash: altered");
    }
    if (record.at().isBefore(lastAt)) {
      return found(expected, "it is older than the record before it");
    }
    last = record.hash();
    lastAt = record.at();
    tree.add(record.hash());
    return judge();
  }

  /** There is no more. */
  public Optional<Finding> end() {
    Optional<Finding> wrongHead = start();
    return wrongHead.isPresent() ? wrongHead
        : current.flatMap(head -> found(tree.size() + 1,
            "the log ends before it, but head " + head.number() + " covers " + head.size() + " records: truncated"));
  }

  private Optional<Finding> start() {
    boolean first = !started;
    started = true;
    return first ? nextHead() : Optional.empty();
  }

  private Optional<Finding> judge() {
    if (current.isEmpty() || current.get().size() != tree.size()) {
      return Optional.empty();
    }
    AuditHead head = current.get();
    if (!tree.root().equals(head.root())) {
      return found(tree.size(), "the records up to here are not those that head " + head.number()
          + " covers: one was altered, removed or inserted, and the chain made anew");
    }
    proven = current;
    return nextHead();
  }

  private Optional<Finding> nextHead() {
    current = heads.next();
    return current.flatMap(head -> head.whyNotAfter(proven).or(() -> signatures.whyNotSigned(head))
        .map(why -> new Finding(tree.size() + 1, "head " + head.number() + " is forged: " + why)));
  }

  private static Optional<Finding> found(long seq, String what) {
    return Optional.of(new Finding(seq, what));
  }
}
