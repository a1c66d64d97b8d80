package ai.qenex.security.crypto;

import java.security.SecureRandom;

/**
 * One way to sign and to verify, by a name that is kept beside each signature. Signatures outlive suites: a new suite
 * gets a new name, an old one stays able to verify. For any thread.
 */
public interface SignatureSuite {

  /** What is kept beside signatures: {@code Ed25519}. */
  String name();

  /** A new pair of keys. */
  SuiteKeys newKeys(SecureRandom random);

  /** @param privateKey one of {@link #newKeys} */
  byte[] sign(byte[] privateKey, byte[] message);

  /** False for whatever is no signature of that message under that key, be it misshapen. */
  boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
