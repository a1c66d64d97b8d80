package ai.qenex.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The suites there are. */
public final class SignatureSuites {

  private static final int ID_BYTES = 16;
  private static final List<SignatureSuite> ALL = List.of(new Ed25519Suite(), new HybridSuite());

  private SignatureSuites() {}

  public static List<SignatureSuite> all() {
    return ALL;
  }

  public static Optional<SignatureSuite> named(String name) {
    return ALL.stream().filter(suite -> suite.name().equals(name)).findFirst();
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

  /** Signs with a key in memory. */
  public static MessageSigner signer(SignatureSuite suite, SuiteKeys keys) {
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
      public byte[] publicKey() {
        return keys.publicKey().clone();
      }

      @Override
      public byte[] sign(byte[] message) {
        return suite.sign(keys.privateKey(), message);
      }
    };
  }
}
