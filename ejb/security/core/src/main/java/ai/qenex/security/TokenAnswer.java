package ai.qenex.security;

/** What the issuer answers: a token, or why not. */
public sealed interface TokenAnswer {

  /**
   * @param token a signed JWT (compact serialization)
   * @param expiresInSeconds from now
   */
  record Issued(String token, int expiresInSeconds) implements TokenAnswer {}

  /** No token. */
  record Refused(TokenClause clause) implements TokenAnswer {}
}
