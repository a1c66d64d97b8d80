package ai.qenex.security.crypto;

import java.security.SecureRandom;

/**
 * Ed25519 and ML-DSA-65 (FIPS 204) side by side, of which both must verify: as strong as the stronger of the two. Keys
 * and signatures are those of Ed25519, then those of ML-DSA.
 */
final class HybridSuite implements SignatureSuite {

  private final SignatureSuite classic = new Ed25519Suite();
  private final SignatureSuite postQuantum = new MlDsa65Suite();

  @Override
  public String name() {
    return "Ed25519+ML-DSA-65";
  }

  @Override
  public SuiteKeys newKeys(SecureRandom random) {
    SuiteKeys first = classic.newKeys(random);
    SuiteKeys second = postQuantum.newKeys(random);
    return new SuiteKeys(Bytes.joined(first.privateKey(), second.privateKey()),
        Bytes.joined(first.publicKey(), second.publicKey()));
  }

  @Override
  public byte[] sign(byte[] privateKey, byte[] message) {
    return Bytes.joined(classic.sign(Bytes.head(privateKey, Ed25519Suite.KEY_BYTES), message),
        postQuantum.sign(Bytes.tail(privateKey, Ed25519Suite.KEY_BYTES), message));
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != Ed25519Suite.KEY_BYTES + MlDsa65Suite.PUBLIC_BYTES
        || signature.length != Ed25519Suite.SIGNATURE_BYTES + MlDsa65Suite.SIGNATURE_BYTES) {
      return false;
    }
    return classic.verify(Bytes.head(publicKey, Ed25519Suite.KEY_BYTES), message,
        Bytes.head(signature, Ed25519Suite.SIGNATURE_BYTES))
        && postQuantum.verify(Bytes.tail(publicKey, Ed25519Suite.KEY_BYTES), message,
            Bytes.tail(signature, Ed25519Suite.SIGNATURE_BYTES));
  }
}
