package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerSeal.Head;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A signed head over a range of the log. Hashes are hex digits; what exactly is signed is in the handbook's page on the
 * canonical form.
 *
 * @param number counting from 1
 * @param first the first entry of its range
 * @param last the last
 * @param rangeRoot root of the Merkle tree over the range's entries
 * @param treeRoot root of the Merkle tree over all ranges up to this one
 * @param previous SHA-256 of what the head before signs
 * @param signature in Base64
 * @param chunks roots over 1,024 entries each, which make the range root
 */
public record HeadView(
    long number, long first, long last, String rangeRoot, String treeRoot, String previous, Instant sealedAt,
    String suite, String keyId, String signature, List<String> chunks) {

  static HeadView of(Head head) {
    return new HeadView(head.number(), head.first(), head.last(), head.rangeRoot(), head.treeRoot(), head.previous(),
        head.sealedAt(), head.suite(), head.keyId(), Base64.getEncoder().encodeToString(head.signature()),
        head.chunks());
  }

  /** The same object on a line of its own, in members that the offline verifier reads. */
  String line() {
    return "{\"number\":" + number + ",\"first\":" + first + ",\"last\":" + last + ",\"rangeRoot\":\"" + rangeRoot
        + "\",\"treeRoot\":\"" + treeRoot + "\",\"previous\":\"" + previous + "\",\"sealedAt\":\"" + sealedAt
        + "\",\"suite\":\"" + suite + "\",\"keyId\":\"" + keyId + "\",\"signature\":\"" + signature
        + "\",\"chunks\":[\"" + String.join("\",\"", chunks) + "\"]}\n";
  }
}
