package ai.qenex.ledger.seal;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.MerkleTree;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.LedgerEntry;
import java.util.List;
import java.util.Optional;

/**
 * Compares an exported log with its signed heads, entry by entry in log order, in constant memory. For one thread.
 *
 * <p>
 * Whatever breaks the order of the log or contradicts the hash beside it is named exactly. An entry that was altered
 * together with its hash is narrowed down to a chunk of {@value RangeTree#CHUNK} entries, whose root is proven by the
 * head: more is not kept of a sealed log.
 */
public final class LogAudit {

  /** Judges a head's signature. */
  @FunctionalInterface
  public interface Signatures {

    /** Empty if a trusted key signed it, else one sentence. */
    Optional<String> whyNotSigned(SignedHead head);
  }

  /**
   * A head as it was published.
   *
   * @param chunks the roots of its range's chunks, see {@link RangeTree}
   */
  public record SignedHead(RangeHead head, byte[] signature, List<Hash> chunks) {

    public SignedHead {
      chunks = List.copyOf(chunks);
    }
  }

  /** Where heads come from, in order. */
  @FunctionalInterface
  public interface Heads {

    /** Empty after the last one. */
    Optional<SignedHead> next();
  }

  /**
   * What is wrong first.
   *
   * @param seq the entry, or the first of a chunk or range that was not sealed like this
   */
  public record Finding(long seq, String what) {}

  private final Heads heads;
  private final Signatures signatures;
  private final TreeHash hash = new TreeHash();
  private final RangeTree range = new RangeTree(hash);
  private final MerkleStack ranges = new MerkleStack(hash);
  private Optional<RangeHead> before = Optional.empty();
  private Optional<SignedHead> current = Optional.empty();
  private long last;
  private boolean started;

  public LogAudit(Heads heads, Signatures signatures) {
    this.heads = heads;
    this.signatures = signatures;
  }

  /** The last entry that was found as sealed. */
  public long proven() {
    return before.map(RangeHead::last).orElse(0L);
  }

  /** The last head that was found good. */
  public Optional<RangeHead> provenHead() {
    return before;
  }

  /**
   * The next entry; the first finding ends the audit.
   *
   * @param form its canonical form
   * @param stated its leaf hash as the export states it
   */
  public Optional<Finding> entry(byte[] form, Hash stated) {
    Optional<Finding> wrongHead = start();
    if (wrongHead.isPresent()) {
      return wrongHead;
    }
    LedgerEntry entry;
    try {
      entry = EntryForm.read(form);
    } catch (IllegalArgumentException e) {
      return found(last + 1, "it is no entry: " + e.getMessage());
    }
    if (entry.seq() != last + 1) {
      return found(last + 1, "entry " + entry.seq() + " stands where entry " + (last + 1) + " belongs: "
          + (entry.seq() > last + 1 ? "removed or reordered" : "inserted, repeated or reordered"));
    }
    if (current.isEmpty()) {
      return found(entry.seq(), "it lies behind the last head, which covers the log up to entry " + last);
    }
    Hash leaf = hash.leaf(form);
    if (!leaf.equals(stated)) {
      return found(entry.seq(), "its form is not that of its hash: altered");
    }
    last = entry.seq();
    range.add(leaf);
    return judge(current.get());
  }

  /** There is no more. */
  public Optional<Finding> end() {
    Optional<Finding> wrongHead = start();
    if (wrongHead.isPresent() || current.isEmpty()) {
      return wrongHead;
    }
    RangeHead head = current.get().head();
    return found(last + 1,
        "the log ends before it, but head " + head.number() + " seals it up to entry " + head.last());
  }

  private Optional<Finding> start() {
    boolean first = !started;
    started = true;
    return first ? nextHead() : Optional.empty();
  }

  private Optional<Finding> judge(SignedHead sealed) {
    boolean complete = last == sealed.head().last();
    if (complete || range.size() % RangeTree.CHUNK == 0) {
      List<Hash> chunks = range.chunks();
      int chunk = chunks.size() - 1;
      if (!chunks.get(chunk).equals(sealed.chunks().get(chunk))) {
        return found(sealed.head().first() + (long) chunk * RangeTree.CHUNK, "an entry from here to " + last
            + " is not what head " + sealed.head().number() + " sealed: altered, inserted or reordered");
      }
    }
    return complete ? closeRange(sealed.head()) : Optional.empty();
  }

  private Optional<Finding> closeRange(RangeHead head) {
    range.clear();
    ranges.add(head.leaf());
    if (!ranges.root().equals(head.treeRoot())) {
      return found(head.first(), "head " + head.number() + " is forged: its tree is not that of the ranges before it");
    }
    before = Optional.of(head);
    return nextHead();
  }

  private Optional<Finding> nextHead() {
    current = heads.next();
    if (current.isEmpty()) {
      return Optional.empty();
    }
    SignedHead sealed = current.get();
    Optional<String> wrong = sealed.head().whyNotAfter(before).or(() -> signatures.whyNotSigned(sealed))
        .or(() -> whyNotItsChunks(sealed));
    return wrong.map(why -> new Finding(last + 1, "head " + sealed.head().number() + " is forged: " + why));
  }

  private static Optional<String> whyNotItsChunks(SignedHead sealed) {
    RangeHead head = sealed.head();
    long chunks = (head.last() - head.first()) / RangeTree.CHUNK + 1;
    return sealed.chunks().size() == chunks
        && MerkleTree.of(sealed.chunks()).root(chunks).equals(head.rangeRoot()) ? Optional.empty()
            : Optional.of("its chunks do not make its range root");
  }

  private static Optional<Finding> found(long seq, String what) {
    return Optional.of(new Finding(seq, what));
  }
}
