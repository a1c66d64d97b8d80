package ai.qenex.security.crypto;

/** A pair of keys of a {@link SignatureSuite}, in the suite's own encoding. */
public record SuiteKeys(byte[] privateKey, byte[] publicKey) {

  /** Never the key itself. */
  @Override
  public String toString() {
    return "SuiteKeys";
  }
}
