package ai.qenex.security;

/** A person's way through the embedded issuer (OAuth 2.1 authorization code with PKCE). */
public final class Login {

  private Login() {}

  /**
   * What a client asks for (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
   *
   * @param state and
   * @param nonce are the client's own, given back as they are; empty if it gave none
   */
  public record Question(String clientId, String redirectUri, String codeChallenge, String state, String nonce) {}

  /**
   * What a person types.
   *
   * @param code of the moment, or a recovery code; empty if none was typed
   * @param newPassword empty, or what the password shall be from now on
   */
  public record Credentials(String name, String password, String code, String newPassword) {

    /** Never the secrets. */
    @Override
    public String toString() {
      return "Credentials of " + name;
    }
  }

  /** What becomes of it. */
  public sealed interface Answer {

    /** @param code for the token endpoint, once and within a minute */
    record Granted(String code) implements Answer {}

    /** @param retryAfterSeconds zero unless {@link LoginClause#LOCKED} */
    record Refused(LoginClause clause, int retryAfterSeconds) implements Answer {}
  }

  /** A code on its way to a token (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
  public record Exchange(String clientId, String code, String redirectUri, String codeVerifier) {}
}
