package ai.qenex.security;

import ai.qenex.security.crypto.SignatureSuite;
import ai.qenex.security.crypto.SuiteKeys;
import ai.qenex.security.crypto.Suites;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The ways to sign and to verify, by the name that is kept beside each signature. Signatures outlive suites: a new
 * suite gets a new name, an old one stays able to verify. Whether a suite still counts is for the keys' owner to say,
 * not for this class.
 */
public final class SignatureSuites {

  /** Both Ed25519 and ML-DSA-65 (FIPS 204), of which both must verify. */
  public static final String DEFAULT = Suites.HYBRID;

  private static final int ID_BYTES = 16;

  private SignatureSuites() {}

  public static List<String> names() {
    return Suites.all().stream().map(SignatureSuite::name).toList();
  }

  /** False for whatever is no signature of that message under that key, be it misshapen or of no suite we know. */
  public static boolean verify(String suite, byte[] publicKey, byte[] message, byte[] signature) {
    return Suites.named(suite).filter(known -> known.verify(publicKey, message, signature)).isPresent();
  }

  /** A key's id: the first 16 bytes of SHA-256 over the suite's name, a zero byte and the public key, as hex digits. */
  public static String keyId(String suite, byte[] publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(suite.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(publicKey), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** @throws IllegalArgumentException if there is no such suite */
  public static KeyMaterial newKeys(String suite, SecureRandom random) {
    SuiteKeys keys = known(suite).newKeys(random);
    return new KeyMaterial(suite, keys.privateKey(), keys.publicKey());
  }

  /**
   * Signs with a key in memory.
   *
   * @throws IllegalArgumentException if there is no such suite
   */
  public static MessageSigner signer(KeyMaterial keys) {
    SignatureSuite suite = known(keys.suite());
    String keyId = keyId(suite.name(), keys.publicKey());
    return new MessageSigner() {
      @Override
      public String suite() {
        return suite.name();
      }

      @Override
      public String keyId() {
        return keyId;
      }

      @Override
      public int epoch() {
        return 0;
      }

      @Override
      public byte[] publicKey() {
        return keys.publicKey().clone();
      }

      @Override
      public byte[] sign(byte[] message) {
        return suite.sign(keys.privateKey(), message);
      }
    };
  }

  private static SignatureSuite known(String suite) {
    return Suites.named(suite).orElseThrow(
        () -> new IllegalArgumentException(suite + " is none of the suites " + String.join(", ", names())));
  }
}
