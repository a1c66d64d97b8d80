package ai.qenex.security.keys;

import ai.qenex.security.KeyPurpose;
import ai.qenex.security.crypto.AesGcm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How encrypted bytes are kept: a version (1), the key's epoch (4 bytes, 0 for the KEK), the nonce (12 bytes), then
 * what AES-256-GCM gives. What they belong to is authenticated with them: the key's id, its purpose and the caller's
 * associated bytes, so that nothing can be moved to another place.
 */
public final class SealedForm {

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  static final int SHORTEST = HEADER_BYTES + AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES;

  private SealedForm() {}

  public static byte[] of(int epoch, byte[] nonce, byte[] encrypted) {
    return ByteBuffer.allocate(HEADER_BYTES + nonce.length + encrypted.length).put(VERSION).putInt(epoch).put(nonce)
        .put(encrypted).array();
  }

  /** Empty if it was never written by {@link #of}. */
  public static Optional<Parts> read(byte[] sealed) {
    if (sealed.length < SHORTEST || sealed[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    int epoch = buffer.getInt();
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    buffer.get(nonce);
    byte[] encrypted = new byte[buffer.remaining()];
    buffer.get(encrypted);
    return Optional.of(new Parts(epoch, nonce, encrypted));
  }

  /** What is authenticated with bytes that a key seals. */
  public static byte[] context(String keyId, KeyPurpose purpose, byte[] associated) {
    byte[] head = (keyId + '\0' + purpose.text() + '\0').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + associated.length).put(head).put(associated).array();
  }

  /** What is authenticated with a key that the KEK wraps. */
  public static byte[] keyContext(String keyId, KeyPurpose purpose) {
    return context(keyId, purpose, new byte[0]);
  }

  /** The pieces of sealed bytes. */
  public record Parts(int epoch, byte[] nonce, byte[] encrypted) {}
}
