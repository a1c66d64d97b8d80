package ai.qenex.security;

import ai.qenex.kernel.FormWriter;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.TreeHash;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signed tree head of the audit log: all that the log held at a time, in one signature.
 *
 * @param number from 1 without gaps
 * @param size records it covers: those numbered 1 to this
 * @param root of the Merkle tree over their hashes
 * @param at when it was signed, to the microsecond
 * @param previous SHA-256 over the {@link #form} of the head before, {@link Hash#NOTHING} for the first
 * @param suite of {@link SignatureSuites}
 * @param epoch the key's number among those that sealed the audit log, 0 for a key that no key service kept
 * @param signature over the form
 */
public record AuditHead(long number, long size, Hash root, Instant at, Hash previous, String suite, String keyId,
    int epoch, byte[] signature) {

  private static final String TITLE = "QENEX audit head 1";

  public AuditHead {
    if (number < 1 || size < 1) {
      throw new IllegalArgumentException("heads are numbered from 1 and cover something");
    }
    signature = signature.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  public AuditHead signed(byte[] by) {
    return new AuditHead(number, size, root, at, previous, suite, keyId, epoch, by);
  }

  /** What is signed: title, number, size, root, time, previous, suite, key id, epoch (4 bytes). */
  public byte[] form() {
    var out = new FormWriter();
    out.begin();
    return out.text(TITLE).int8(number).int8(size).hash(root).micros(at).hash(previous).text(suite).text(keyId)
        .int4(epoch).toBytes();
  }

  /** What the next head names as its previous. */
  public Hash hash() {
    return new TreeHash().plain(form());
  }

  /** Empty if this can follow on that head, else why not. */
  public Optional<String> whyNotAfter(Optional<AuditHead> before) {
    if (number != before.map(AuditHead::number).orElse(0L) + 1) {
      return Optional.of("its number does not follow");
    }
    if (!previous.equals(before.map(AuditHead::hash).orElse(Hash.NOTHING))) {
      return Optional.of("it does not name the head before it");
    }
    if (size <= before.map(AuditHead::size).orElse(0L)) {
      return Optional.of("it covers no more than the head before it");
    }
    return before.filter(earlier -> at.isBefore(earlier.at)).map(earlier -> "it is older than the head before it");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuditHead that && hash().equals(that.hash())
        && Arrays.equals(signature, that.signature);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }
}
