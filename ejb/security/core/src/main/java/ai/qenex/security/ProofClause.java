package ai.qenex.security;

/** Why a proof of possession is not taken (RFC 9449). */
public enum ProofClause {
  /**
   * The token is bound to a key, or the policy asks for one that is, and there is no proof, or the scheme is Bearer.
   */
  PROOF_REQUIRED,
  /** The policy asks for a token that is bound to a key, and this one is not. */
  PROOF_NEEDS_BOUND_TOKEN,
  /** It cannot be read, comes twice, or names an algorithm other than its key's. */
  PROOF_MALFORMED,
  /** Its key did not sign it. */
  PROOF_WRONG,
  /** It was made for another method or address. */
  PROOF_OF_ANOTHER_REQUEST,
  /** It was made for another token. */
  PROOF_OF_ANOTHER_TOKEN,
  /** Its key is not the one that the token is bound to. */
  PROOF_OF_ANOTHER_KEY,
  /** It was made too long ago, or later than now. */
  PROOF_UNTIMELY,
  /** The same proof was used before. */
  PROOF_REPLAYED
}
