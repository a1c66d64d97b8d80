package ai.qenex.security.crypto;

import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.SLHDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.SLHDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.SLHDSASigner;

/**
 * SLH-DSA-SHA2-128s (FIPS 205), pure and deterministic, with an empty context. It rests on nothing but SHA-256 and
 * signs about once a second: for anchors that must outlive every other suite.
 */
final class SlhDsaSuite implements SignatureSuite {

  static final int PUBLIC_BYTES = 32;
  static final int SIGNATURE_BYTES = 7_856;
  private static final SLHDSAParameters SLH_DSA = SLHDSAParameters.sha2_128s;

  @Override
  public String name() {
    return "SLH-DSA-SHA2-128s";
  }

  @Override
  public SuiteKeys newKeys(SecureRandom random) {
    var generator = new SLHDSAKeyPairGenerator();
    generator.init(new SLHDSAKeyGenerationParameters(random, SLH_DSA));
    var keys = generator.generateKeyPair();
    return new SuiteKeys(((SLHDSAPrivateKeyParameters) keys.getPrivate()).getEncoded(),
        ((SLHDSAPublicKeyParameters) keys.getPublic()).getEncoded());
  }

  @Override
  public byte[] sign(byte[] privateKey, byte[] message) {
    var signer = new SLHDSASigner();
    signer.init(true, new SLHDSAPrivateKeyParameters(SLH_DSA, privateKey));
    return signer.generateSignature(message);
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != PUBLIC_BYTES || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    var verifier = new SLHDSASigner();
    verifier.init(false, new SLHDSAPublicKeyParameters(SLH_DSA, publicKey));
    return verifier.verifySignature(message, signature);
  }
}
