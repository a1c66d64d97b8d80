package ai.qenex.security.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * ML-DSA-65 (FIPS 204), pure and deterministic, with an empty context. A private key is its encoding of 4,032 bytes or
 * the seed of 32 it grows from.
 */
final class MlDsa65Suite implements SignatureSuite {

  static final int PUBLIC_BYTES = 1_952;
  static final int SIGNATURE_BYTES = 3_309;
  private static final MLDSAParameters ML_DSA = MLDSAParameters.ml_dsa_65;

  @Override
  public String name() {
    return "ML-DSA-65";
  }

  @Override
  public SuiteKeys newKeys(SecureRandom random) {
    var generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(random, ML_DSA));
    var keys = generator.generateKeyPair();
    return new SuiteKeys(((MLDSAPrivateKeyParameters) keys.getPrivate()).getEncoded(),
        ((MLDSAPublicKeyParameters) keys.getPublic()).getEncoded());
  }

  /** The public key that belongs to a seed of 32 bytes. */
  static byte[] publicKey(byte[] seed) {
    return new MLDSAPrivateKeyParameters(ML_DSA, seed).getPublicKey();
  }

  @Override
  public byte[] sign(byte[] privateKey, byte[] message) {
    var signer = new MLDSASigner();
    signer.init(true, new MLDSAPrivateKeyParameters(ML_DSA, privateKey));
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("an ML-DSA key signs", e);
    }
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != PUBLIC_BYTES || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    var verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(ML_DSA, publicKey));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }
}
