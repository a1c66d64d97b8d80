package ai.qenex.security.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem): ML-KEM-768 (FIPS 203) and X25519 (RFC 7748) as one key encapsulation, as
 * strong as the stronger of the two. The combiner is SHA3-256 over both secrets, the X25519 ciphertext and public key
 * and a label. A private key is its seed of 32 bytes; public keys have 1,216 bytes and ciphertexts 1,120, ML-KEM's
 * first.
 */
public final class XWing {

  public static final String NAME = "X-Wing";
  public static final int SEED_BYTES = 32;
  public static final int ENCAPSULATION_SEED_BYTES = 64;
  public static final int PUBLIC_BYTES = 1_216;
  public static final int CIPHERTEXT_BYTES = 1_120;
  public static final int SECRET_BYTES = 32;

  private static final int ML_KEM_SEED_BYTES = 64;
  private static final int ML_KEM_PUBLIC_BYTES = 1_184;
  private static final int ML_KEM_CIPHERTEXT_BYTES = 1_088;
  private static final int X25519_BYTES = 32;
  private static final int ML_KEM_MODULUS = 3_329;
  private static final byte[] LABEL = "\\.//^\\".getBytes(StandardCharsets.US_ASCII);

  private XWing() {}

  /** A secret of 32 bytes and what carries it to the owner of the key. */
  public record Encapsulated(byte[] secret, byte[] ciphertext) {}

  public static byte[] publicKey(byte[] seed) {
    Expanded keys = new Expanded(seed);
    return Bytes.joined(keys.kem.getPublicKey(), keys.curvePublic());
  }

  /** Whether a key can be encapsulated to: its length, and each number of ML-KEM's below 3,329 (FIPS 203, 7.2). */
  public static boolean isPublicKey(byte[] publicKey) {
    if (publicKey.length != PUBLIC_BYTES) {
      return false;
    }
    for (int at = 0; at < ML_KEM_PUBLIC_BYTES - X25519_BYTES; at += 3) {
      int pair = (publicKey[at] & 0xFF) | (publicKey[at + 1] & 0xFF) << 8 | (publicKey[at + 2] & 0xFF) << 16;
      if ((pair & 0xFFF) >= ML_KEM_MODULUS || pair >> 12 >= ML_KEM_MODULUS) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param seed 64 random bytes, never used again
   * @throws IllegalArgumentException if the key is none
   */
  public static Encapsulated encapsulate(byte[] publicKey, byte[] seed) {
    if (publicKey.length != PUBLIC_BYTES || seed.length != ENCAPSULATION_SEED_BYTES) {
      throw new IllegalArgumentException("X-Wing takes a public key of 1216 bytes and a seed of 64");
    }
    byte[] curveKey = Bytes.tail(publicKey, ML_KEM_PUBLIC_BYTES);
    SecretWithEncapsulation kem = MLKEMGenerator.internalGenerateEncapsulated(
        new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, Bytes.head(publicKey, ML_KEM_PUBLIC_BYTES)),
        Bytes.head(seed, X25519_BYTES));
    byte[] ephemeral = Bytes.tail(seed, X25519_BYTES);
    byte[] curveCiphertext = x25519Base(ephemeral);
    byte[] secret = combined(kem.getSecret(), x25519(ephemeral, curveKey), curveCiphertext, curveKey);
    return new Encapsulated(secret, Bytes.joined(kem.getEncapsulation(), curveCiphertext));
  }

  /**
   * The secret. A ciphertext that was altered gives another secret, not a fault: what is encrypted under it then does
   * not open.
   *
   * @throws IllegalArgumentException if the ciphertext has another length
   */
  public static byte[] decapsulate(byte[] seed, byte[] ciphertext) {
    if (ciphertext.length != CIPHERTEXT_BYTES) {
      throw new IllegalArgumentException("an X-Wing ciphertext has 1120 bytes");
    }
    Expanded keys = new Expanded(seed);
    byte[] curveCiphertext = Bytes.tail(ciphertext, ML_KEM_CIPHERTEXT_BYTES);
    byte[] kemSecret =
        new MLKEMExtractor(keys.kem).extractSecret(Bytes.head(ciphertext, ML_KEM_CIPHERTEXT_BYTES));
    return combined(kemSecret, x25519(keys.curve, curveCiphertext), curveCiphertext, keys.curvePublic());
  }

  /** RFC 7748 section 5. */
  static byte[] x25519(byte[] scalar, byte[] point) {
    byte[] product = new byte[X25519_BYTES];
    X25519.scalarMult(scalar, 0, point, 0, product, 0);
    return product;
  }

  private static byte[] x25519Base(byte[] scalar) {
    byte[] product = new byte[X25519_BYTES];
    X25519.scalarMultBase(scalar, 0, product, 0);
    return product;
  }

  private static byte[] combined(byte[] kemSecret, byte[] curveSecret, byte[] curveCiphertext, byte[] curveKey) {
    var hash = new SHA3Digest(256);
    for (byte[] part : new byte[][] {kemSecret, curveSecret, curveCiphertext, curveKey, LABEL}) {
      hash.update(part, 0, part.length);
    }
    byte[] secret = new byte[SECRET_BYTES];
    hash.doFinal(secret, 0);
    return secret;
  }

  /** Both private keys, grown from the seed by SHAKE256. */
  private static final class Expanded {

    private final MLKEMPrivateKeyParameters kem;
    private final byte[] curve;

    Expanded(byte[] seed) {
      if (seed.length != SEED_BYTES) {
        throw new IllegalArgumentException("an X-Wing private key has 32 bytes");
      }
      var shake = new SHAKEDigest(256);
      shake.update(seed, 0, seed.length);
      byte[] expanded = new byte[ML_KEM_SEED_BYTES + X25519_BYTES];
      shake.doFinal(expanded, 0, expanded.length);
      kem = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, Bytes.head(expanded, ML_KEM_SEED_BYTES));
      curve = Bytes.tail(expanded, ML_KEM_SEED_BYTES);
    }

    byte[] curvePublic() {
      return x25519Base(curve);
    }
  }
}
