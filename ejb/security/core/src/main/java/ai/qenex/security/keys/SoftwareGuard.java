package ai.qenex.security.keys;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.crypto.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Keeps the KEK in memory. As safe as the process and the place its KEK came from; a bank that needs more uses a token.
 */
public final class SoftwareGuard implements KeyGuard {

  private static final int KEK_EPOCH = 0;
  private static final int ID_BYTES = 8;

  private final byte[] kek;
  private final RandomGenerator random;

  /**
   * @param kek 32 bytes
   * @param random a cryptographically strong one
   */
  public SoftwareGuard(byte[] kek, RandomGenerator random) {
    if (kek.length != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException("a key-encrypting key has " + AesGcm.KEY_BYTES + " bytes");
    }
    this.kek = kek.clone();
    this.random = random;
  }

  @Override
  public String name() {
    return "software";
  }

  @Override
  public String kekId() {
    return HexFormat.of().formatHex(Hmac.sha256(kek, "kek-id".getBytes(StandardCharsets.US_ASCII)), 0, ID_BYTES);
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associated) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    return SealedForm.of(KEK_EPOCH, nonce, AesGcm.encrypt(kek, nonce, key, associated));
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associated) {
    return SealedForm.read(wrapped).flatMap(parts -> AesGcm.decrypt(kek, parts.nonce(), parts.encrypted(), associated))
        .orElseThrow(() -> new QenexException(ErrorCode.INVALID_CONFIGURATION,
            "a stored key does not open under the configured key-encrypting key " + kekId()));
  }

  @Override
  public boolean holds(String suite) {
    return false;
  }

  @Override
  public byte[] newKeys(String suite, String label) {
    throw new IllegalStateException("software holds wrapped keys only");
  }

  @Override
  public byte[] sign(String suite, String label, byte[] message) {
    throw new IllegalStateException("software holds wrapped keys only");
  }

  @Override
  public void destroy(String label) {
    throw new IllegalStateException("software holds wrapped keys only");
  }
}
