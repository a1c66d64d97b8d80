package ai.qenex.security;

/**
 * Whatever can sign under one key: a key in memory, or a device that never gives its key away. For any thread.
 */
public interface MessageSigner {

  /** Name of the suite of {@link SignatureSuites} that verifies. */
  String suite();

  /** See {@link SignatureSuites#keyId}. */
  String keyId();

  /** The key's number among those of its purpose, from 1; 0 for a key that no {@link KeyService} keeps. */
  int epoch();

  byte[] publicKey();

  byte[] sign(byte[] message);
}
