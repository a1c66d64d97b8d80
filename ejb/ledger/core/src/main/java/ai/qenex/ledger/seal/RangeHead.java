package ai.qenex.ledger.seal;

import ai.qenex.kernel.FormWriter;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.TreeHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is signed when a range of the log is sealed.
 *
 * <p>
 * The log is cut into ranges without gap or overlap. Each is a Merkle tree over its entries with the root
 * {@code rangeRoot}; each range with its root is a leaf of the tree of ranges, of which {@code treeRoot} is the root
 * over all up to this one. So an entry is proven by two short paths, and a newer head shows by a consistency proof that
 * it only added. {@code previous} chains the heads as well: whoever reads them in order needs no tree.
 *
 * <p>
 * Its form is: the text {@value #MAGIC}, number, first and last seq (8 bytes each), range root, tree root, previous (32
 * bytes each), sealing time (8 bytes, microseconds since 1970), suite and key id (texts); fields are written as in
 * {@link TransferLeaf}.
 *
 * @param number 1 for the first range, then counting up; the size of the tree of ranges
 * @param first seq of the range's first entry
 * @param last seq of its last entry
 * @param previous SHA-256 of the form of the head before; zeros for the first
 * @param sealedAt with microseconds
 * @param suite name of the signature suite
 * @param keyId which key of that suite signs
 */
public record RangeHead(
    long number, long first, long last, Hash rangeRoot, Hash treeRoot, Hash previous, Instant sealedAt, String suite,
    String keyId) {

  static final String MAGIC = "QENEX range head 1";

  public RangeHead {
    if (number < 1 || first < 1 || last < first) {
      throw new IllegalArgumentException("head " + number + " covers no range: " + first + " to " + last);
    }
    if (!sealedAt.equals(sealedAt.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("sealing time has microseconds");
    }
  }

  /** The bytes that are signed. */
  public byte[] form() {
    return new FormWriter().text(MAGIC).int8(number).int8(first).int8(last).hash(rangeRoot).hash(treeRoot)
        .hash(previous).micros(sealedAt).text(suite).text(keyId).toBytes();
  }

  /** What the next head names as its previous. */
  public Hash hash() {
    return new TreeHash().plain(form());
  }

  /** The range as a leaf of the tree of ranges: its bounds and its root. */
  public static Hash leaf(long first, long last, Hash rangeRoot) {
    return new TreeHash().leaf(new FormWriter().int8(first).int8(last).hash(rangeRoot).toBytes());
  }

  public Hash leaf() {
    return leaf(first, last, rangeRoot);
  }

  /** What this head has to be, coming after another (none: the first); empty if it is, else one sentence. */
  public Optional<String> whyNotAfter(Optional<RangeHead> before) {
    long number0 = before.map(RangeHead::number).orElse(0L);
    long last0 = before.map(RangeHead::last).orElse(0L);
    Hash previous0 = before.map(RangeHead::hash).orElse(Hash.NOTHING);
    if (number != number0 + 1) {
      return Optional.of("head " + number + " follows head " + number0);
    }
    if (first != last0 + 1) {
      return Optional.of("head " + number + " begins with entry " + first + " but the range before ends with " + last0);
    }
    return previous.equals(previous0) ? Optional.empty()
        : Optional.of("head " + number + " is not chained to the head before it");
  }
}
