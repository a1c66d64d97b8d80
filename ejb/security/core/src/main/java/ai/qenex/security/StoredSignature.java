package ai.qenex.security;

/**
 * A signature with all that is needed to find out later who made it how.
 *
 * @param suite name of {@link SignatureSuites}
 * @param keyId see {@link SignatureSuites#keyId}
 * @param epoch the key's number among those of its purpose, from 1; 0 for a key that no key service kept
 */
public record StoredSignature(String suite, String keyId, int epoch, byte[] bytes) {

  public StoredSignature {
    if (epoch < 0) {
      throw new IllegalArgumentException("epochs count from 1");
    }
  }
}
