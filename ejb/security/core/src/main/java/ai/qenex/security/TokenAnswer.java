package ai.qenex.security;

import java.util.Optional;

/** What the issuer answers: a token, or why not. */
public sealed interface TokenAnswer {

  /**
   * @param token a signed JWT (compact serialization)
   * @param expiresInSeconds from now
   * @param idToken of a person who logged in (OpenID Connect Core section 2)
   */
  record Issued(String token, int expiresInSeconds, Optional<String> idToken) implements TokenAnswer {}

  /** No token. */
  record Refused(TokenClause clause) implements TokenAnswer {}

  /** Too many failures with that name; nothing was looked at. */
  record Locked(int retryAfterSeconds) implements TokenAnswer {}
}
