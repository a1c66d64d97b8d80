package ai.qenex.security;

/** What became of verifying a {@link StoredSignature}, with the suite and the key it names. */
public record SignatureVerdict(Clause clause, String suite, String keyId) {

  /** Why a signature counts or not. */
  public enum Clause {
    VALID,
    /** The suite is switched off by configuration, or there is none of that name. */
    SUITE_NOT_ALLOWED,
    /** No key of that purpose has that id, suite and epoch. */
    UNKNOWN_KEY,
    /** The key was retired or destroyed. */
    KEY_RETIRED,
    /** It is no signature of this message under that key. */
    DOES_NOT_VERIFY
  }

  public boolean isValid() {
    return clause == Clause.VALID;
  }
}
