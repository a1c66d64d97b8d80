package ai.qenex.security;

/**
 * A pair of keys of a signature suite outside of a key service, in the suite's own encoding.
 *
 * @param suite one of {@link SignatureSuites#names}
 */
public record KeyMaterial(String suite, byte[] privateKey, byte[] publicKey) {

  /** Never the key itself. */
  @Override
  public String toString() {
    return "KeyMaterial of " + suite;
  }
}
