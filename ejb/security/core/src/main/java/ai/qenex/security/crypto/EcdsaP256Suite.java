package ai.qenex.security.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA over P-256 with SHA-256 (FIPS 186-5), in software deterministic (RFC 6979). Private keys are the number in 32
 * bytes, public keys the uncompressed point in 65 (SEC 1), signatures r and s in 32 bytes each, as in JSON Web
 * Signatures ({@code ES256}, RFC 7518 section 3.4). The suite that common hardware security modules can hold.
 */
final class EcdsaP256Suite implements SignatureSuite {

  static final int PUBLIC_BYTES = 65;
  static final int SIGNATURE_BYTES = 64;
  private static final int NUMBER_BYTES = 32;
  private static final byte UNCOMPRESSED = 4;
  private static final ECDomainParameters P_256 = domain(CustomNamedCurves.getByName("P-256"));

  @Override
  public String name() {
    return "ECDSA-P256";
  }

  @Override
  public SuiteKeys newKeys(SecureRandom random) {
    var generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(P_256, random));
    var keys = generator.generateKeyPair();
    return new SuiteKeys(
        BigIntegers.asUnsignedByteArray(NUMBER_BYTES, ((ECPrivateKeyParameters) keys.getPrivate()).getD()),
        ((ECPublicKeyParameters) keys.getPublic()).getQ().getEncoded(false));
  }

  @Override
  public byte[] sign(byte[] privateKey, byte[] message) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), P_256));
    BigInteger[] rs = signer.generateSignature(sha256(message));
    return Bytes.joined(BigIntegers.asUnsignedByteArray(NUMBER_BYTES, rs[0]),
        BigIntegers.asUnsignedByteArray(NUMBER_BYTES, rs[1]));
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != PUBLIC_BYTES || publicKey[0] != UNCOMPRESSED || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      ECPoint point = P_256.getCurve().decodePoint(publicKey);
      var verifier = new ECDSASigner();
      verifier.init(false, new ECPublicKeyParameters(point, P_256));
      return verifier.verifySignature(sha256(message), new BigInteger(1, Bytes.head(signature, NUMBER_BYTES)),
          new BigInteger(1, Bytes.tail(signature, NUMBER_BYTES)));
    } catch (IllegalArgumentException e) {
      return false; // no point of the curve
    }
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ECDomainParameters domain(X9ECParameters curve) {
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }
}
