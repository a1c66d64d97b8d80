package ai.qenex.security.keys;

/**
 * Where private keys are safe: it holds the key that encrypts all others (the KEK), and may hold signing keys itself.
 * For any thread.
 */
public interface KeyGuard {

  /** {@code software} or {@code pkcs11}. */
  String name();

  /** Tells key-encrypting keys apart without showing them. */
  String kekId();

  /**
   * Encrypts a key's bytes by AES-256-GCM under the KEK.
   *
   * @param associated the key's id and purpose, see {@link SealedForm#keyContext}
   */
  byte[] wrap(byte[] key, byte[] associated);

  /**
   * @throws ai.qenex.kernel.QenexException {@code INVALID_CONFIGURATION} if another KEK wrapped it, or it was altered
   */
  byte[] unwrap(byte[] wrapped, byte[] associated);

  /** Whether keys of the suite live and die in here; others are made outside and wrapped. */
  boolean holds(String suite);

  /**
   * Makes a pair of keys that never leaves.
   *
   * @return its public key in the suite's encoding; the label finds it again
   */
  byte[] newKeys(String suite, String label);

  byte[] sign(String suite, String label, byte[] message);

  void destroy(String label);
}
