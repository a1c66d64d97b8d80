package ai.qenex.security.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes (RFC 2104) and keys derived with them (HKDF, RFC 5869). */
public final class Hmac {

  private static final int SHA256_BYTES = 32;
  private static final int MOST_BLOCKS = 255;

  private Hmac() {}

  public static byte[] sha256(byte[] key, byte[] message) {
    return of("HmacSHA256", key, message);
  }

  /** For one-time codes only (RFC 4226): authenticators know no other. */
  public static byte[] sha1(byte[] key, byte[] message) {
    return of("HmacSHA1", key, message);
  }

  public static byte[] sha512(byte[] key, byte[] message) {
    return of("HmacSHA512", key, message);
  }

  /**
   * HKDF with SHA-256: as many bytes as asked for, at most 8,160, from a secret that need not be uniform.
   *
   * @param salt may be empty
   * @param info what the result is for
   */
  public static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) {
    int blocks = (length + SHA256_BYTES - 1) / SHA256_BYTES;
    if (length < 1 || blocks > MOST_BLOCKS) {
      throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes");
    }
    byte[] key = sha256(salt.length == 0 ? new byte[SHA256_BYTES] : salt, secret);
    byte[] all = new byte[0];
    byte[] block = new byte[0];
    for (int number = 1; number <= blocks; number++) {
      block = sha256(key, Bytes.joined(block, info, new byte[] {(byte) number}));
      all = Bytes.joined(all, block);
    }
    return Bytes.head(all, length);
  }

  private static byte[] of(String algorithm, byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
