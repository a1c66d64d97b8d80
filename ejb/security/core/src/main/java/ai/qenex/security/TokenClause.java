package ai.qenex.security;

/** Why no token was issued. */
public enum TokenClause {
  /** The client is unknown, disabled or does not prove itself; which of them is not told. */
  INVALID_CLIENT,
  /** The authorization code is unknown, used, expired or not for this client, place or verifier. */
  INVALID_GRANT,
  /** The production profile is on: tokens come from the bank's OIDC provider. */
  ISSUER_DISABLED
}
