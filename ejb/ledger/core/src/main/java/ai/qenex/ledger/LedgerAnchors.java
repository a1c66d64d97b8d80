package ai.qenex.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Signatures over heads of the log by a suite that rests on hashes alone (SLH-DSA), made once a year: whoever breaks
 * the suites of every day later cannot write a past that agrees with an anchor.
 */
public interface LedgerAnchors {

  /** The most anchors of an answer. */
  int MOST = 1_000;

  /** The latest first. */
  List<Anchor> anchors();

  /** Signs the last head now; if that was signed before, answers that anchor. Empty while nothing is sealed. */
  Optional<Anchor> anchor();

  /**
   * A head and its signature. Signed is the ASCII text of {@link #text()}.
   *
   * @param number of the head
   * @param treeRoot of the head, 64 hex digits
   * @param headHash SHA-256 over what the head itself signs, 64 hex digits
   * @param epoch the signing key's number
   * @param publicKey of the signing key, in the suite's encoding
   */
  record Anchor(long number, String treeRoot, String headHash, Instant madeAt, String suite, String keyId, int epoch,
      byte[] publicKey, byte[] signature) {

    /** What is signed: four lines, the last without an end. */
    public String text() {
      return "QENEX ledger anchor 1\n" + number + "\n" + treeRoot + "\n" + headHash;
    }
  }
}
