package ai.qenex.security;

/** The embedded issuer of development tokens (OAuth 2.0 client credentials, RFC 6749 section 4.4). */
public interface TokenIssuer {

  /**
   * A token for the client if it is known and proves its secret; a refused secret costs as much time as a right one.
   */
  TokenAnswer issue(String clientId, String clientSecret);

  /**
   * The public keys that verify the tokens, a JSON Web Key Set (RFC 7517). No key in it when the issuer does not serve.
   */
  String jwks();

  /** False under the production profile: then a bank's OIDC provider issues the tokens and nothing here exists. */
  boolean serves();
}
