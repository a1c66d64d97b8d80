package ai.qenex.web.security;

import ai.qenex.security.Login;

/** The page of the development issuer's login: one form, nothing that runs. */
final class LoginPage {

  private LoginPage() {}

  /** @param message why the last try failed; empty at first */
  static String of(Login.Question question, String message) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>QENEX development login</title></head>
        <body>
        <h1>Log in</h1>
        <p>Development only. In production people log in at the bank's own identity provider.</p>
        <p role="alert">%s</p>
        <form method="post" action="/oauth2/authorize" autocomplete="on">
        %s<p><label>Name <input name="username" autocomplete="username" required maxlength="63"></label></p>
        <p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
        <p><label>Code, if you have an authenticator
        <input name="code" autocomplete="one-time-code" inputmode="numeric"></label></p>
        <p><label>New password, if it has to change
        <input name="new_password" type="password" autocomplete="new-password"></label></p>
        <p><button>Log in to %s</button></p>
        </form>
        </body>
        </html>
        """.formatted(escaped(message),
        hidden("response_type", "code") + hidden("code_challenge_method", "S256")
            + hidden("client_id", question.clientId()) + hidden("redirect_uri", question.redirectUri())
            + hidden("code_challenge", question.codeChallenge()) + hidden("state", question.state())
            + hidden("nonce", question.nonce()),
        escaped(question.clientId()));
  }

  private static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escaped(value) + "\">\n";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
