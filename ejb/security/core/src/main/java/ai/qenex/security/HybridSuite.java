package ai.qenex.security;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * Ed25519 and ML-DSA-65 (FIPS 204) side by side, of which both must verify: as strong as the stronger of the two. Keys
 * and signatures are those of Ed25519, then those of ML-DSA.
 */
final class HybridSuite implements SignatureSuite {

  private static final MLDSAParameters ML_DSA = MLDSAParameters.ml_dsa_65;
  private static final int ML_DSA_SIGNATURE_BYTES = 3_309;
  private static final int ML_DSA_PUBLIC_BYTES = 1_952;

  private final SignatureSuite classic = new Ed25519Suite();

  @Override
  public String name() {
    return "Ed25519+ML-DSA-65";
  }

  @Override
  public SuiteKeys newKeys(SecureRandom random) {
    SuiteKeys first = classic.newKeys(random);
    var generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(random, ML_DSA));
    var second = generator.generateKeyPair();
    return new SuiteKeys(
        joined(first.privateKey(), ((MLDSAPrivateKeyParameters) second.getPrivate()).getEncoded()),
        joined(first.publicKey(), ((MLDSAPublicKeyParameters) second.getPublic()).getEncoded()));
  }

  @Override
  public byte[] sign(byte[] privateKey, byte[] message) {
    var signer = new MLDSASigner();
    signer.init(true, new MLDSAPrivateKeyParameters(ML_DSA, tail(privateKey, Ed25519Suite.KEY_BYTES)));
    signer.update(message, 0, message.length);
    try {
      return joined(classic.sign(head(privateKey, Ed25519Suite.KEY_BYTES), message), signer.generateSignature());
    } catch (CryptoException e) {
      throw new IllegalStateException("an ML-DSA key signs", e);
    }
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != Ed25519Suite.KEY_BYTES + ML_DSA_PUBLIC_BYTES
        || signature.length != Ed25519Suite.SIGNATURE_BYTES + ML_DSA_SIGNATURE_BYTES) {
      return false;
    }
    var verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(ML_DSA, tail(publicKey, Ed25519Suite.KEY_BYTES)));
    verifier.update(message, 0, message.length);
    return classic.verify(head(publicKey, Ed25519Suite.KEY_BYTES), message,
        head(signature, Ed25519Suite.SIGNATURE_BYTES))
        && verifier.verifySignature(tail(signature, Ed25519Suite.SIGNATURE_BYTES));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] head(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }
}
