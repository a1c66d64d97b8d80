package ai.qenex.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password or a client's secret as it is kept: PBKDF2-HMAC-SHA512 (RFC 8018), 64 bytes. The iterations are stored
 * with each hash so that the cost can be raised later without locking anyone out.
 *
 * @param salt 16 random bytes
 * @param iterations at least {@link #FEWEST_ITERATIONS}
 * @param hash 64 bytes
 */
public record SecretHash(byte[] salt, int iterations, byte[] hash) {

  /** OWASP's figure for PBKDF2-HMAC-SHA512. */
  public static final int ITERATIONS = 210_000;
  private static final int FEWEST_ITERATIONS = 1_000;
  /** Of salt. */
  public static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 512;

  public SecretHash {
    if (salt.length != SALT_BYTES || hash.length * Byte.SIZE != HASH_BITS || iterations < FEWEST_ITERATIONS) {
      throw new IllegalArgumentException("A secret's hash has 16 bytes of salt, 64 of hash and enough iterations");
    }
    salt = salt.clone();
    hash = hash.clone();
  }

  /** The hash of a secret under fresh salt, which the caller draws. */
  public static SecretHash of(String secret, byte[] salt, int iterations) {
    return new SecretHash(salt, iterations, derive(secret, salt, iterations));
  }

  /** Whether the secret is the one that was hashed; takes the same time wherever the difference is. */
  public boolean matches(String secret) {
    return MessageDigest.isEqual(hash, derive(secret, salt, iterations));
  }

  @Override
  public byte[] salt() {
    return salt.clone();
  }

  @Override
  public byte[] hash() {
    return hash.clone();
  }

  private static byte[] derive(String secret, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }
}
