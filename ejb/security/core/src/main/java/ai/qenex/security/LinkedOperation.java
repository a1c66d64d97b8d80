package ai.qenex.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * What a person confirms and what the proof is good for, and nothing else (dynamic linking, Commission Delegated
 * Regulation (EU) 2018/389 Art. 5): whoever changes one of these needs another proof.
 *
 * @param payer the account that pays, by its id where the bank knows one; at most {@value #MAX_PARTY} characters
 * @param payee who receives; of a batch or file how much of what there is in it
 * @param amount decimal in the asset's scale, or the totals of a batch
 * @param asset code of the asset, or empty where the amount names its assets
 * @param id idempotency id of the request; of a file the digest of its bytes
 */
public record LinkedOperation(
    StepUpKind kind,
    String payer,
    String payee,
    String amount,
    String asset,
    String id) {

  /** Characters of each member. */
  public static final int MAX_PARTY = 200;

  public LinkedOperation {
    for (String member : List.of(payer, payee, amount, asset, id)) {
      if (member.length() > MAX_PARTY) {
        throw new IllegalArgumentException("what is confirmed has at most " + MAX_PARTY + " characters per member");
      }
    }
  }

  /** SHA-256 over all members, each behind its length: 32 bytes. */
  public byte[] digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String member : List.of("qenex step-up 1", kind.text(), payer, payee, amount, asset, id)) {
        byte[] bytes = member.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
