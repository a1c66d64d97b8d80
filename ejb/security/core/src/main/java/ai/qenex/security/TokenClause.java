package ai.qenex.security;

/** Why no token was issued. */
public enum TokenClause {
  /** The client is unknown or its secret is wrong; which of them is not told. */
  INVALID_CLIENT,
  /** The production profile is on: tokens come from the bank's OIDC provider. */
  ISSUER_DISABLED
}
