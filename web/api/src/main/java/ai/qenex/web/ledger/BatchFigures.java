package ai.qenex.web.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** What the audit log keeps of a batch: how many, which in the ledger's log, and a digest of their ids in order. */
final class BatchFigures {

  private final MessageDigest ids = sha256();
  private long posted;
  private long refused;
  private long unknown;
  private long first = Long.MAX_VALUE;
  private long last;

  void add(List<BatchResult> results) {
    for (BatchResult result : results) {
      if (result instanceof BatchResult.Posted done) {
        posted++;
        first = Math.min(first, done.seq());
        last = Math.max(last, done.seq());
        add(done.id());
      } else if (result instanceof BatchResult.Refused no) {
        refused++;
        add(no.id());
      } else if (result instanceof BatchResult.Unknown open) {
        unknown++;
        add(open.id());
      } else {
        refused++;
      }
    }
  }

  /** The digest is SHA-256 over the 16 bytes of each id. */
  String text() {
    return "posted=" + posted + " refused=" + refused + " unknown=" + unknown
        + (posted == 0 ? "" : " seq=" + first + ".." + last) + " ids=" + HexFormat.of().formatHex(ids.digest());
  }

  private void add(UUID id) {
    ids.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits()).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
