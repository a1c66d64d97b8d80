package ai.qenex.security;

/**
 * Issuer of development tokens: for programs by client credentials (RFC 6749 section 4.4), for people by an
 * authorization code with PKCE (OAuth 2.1). The {@code password} grant does not exist: OAuth 2.1 dropped it, and a
 * client that sees passwords would undo what the second factor is for.
 */
public interface TokenIssuer {

  /**
   * A token for the client if it is known and proves its secret; a refused secret costs as much time as a right one.
   */
  TokenAnswer issue(String clientId, String clientSecret);

  /** A token for the client that signed the assertion ({@code private_key_jwt}, RFC 7523 section 2.2). */
  TokenAnswer issueFor(String clientAssertion);

  /** Whether people may be sent to log in for that client, and back to that place. */
  boolean mayAsk(Login.Question question);

  /** Checks a person's credentials; a question that is not {@link #mayAsk allowed} is refused like wrong ones. */
  Login.Answer logIn(Login.Question question, Login.Credentials credentials, String source);

  /** The token of the person who logged in. A code is good once, for the client and the place it was made for. */
  TokenAnswer exchange(Login.Exchange exchange);

  /** The same token, bound to the key with that thumbprint (RFC 9449 section 6.1); an id token stays as it is. */
  TokenAnswer.Issued bind(TokenAnswer.Issued issued, String thumbprint);

  /**
   * The public keys that verify the tokens, a JSON Web Key Set (RFC 7517). No key in it when the issuer does not serve.
   */
  String jwks();

  /** A new key is published, and signs a little later; those before it stay published until no token needs them. */
  void rotateKey(String administrator);

  /** False under the production profile: then a bank's OIDC provider issues the tokens and nothing here exists. */
  boolean serves();
}
