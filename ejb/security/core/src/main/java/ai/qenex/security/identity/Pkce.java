package ai.qenex.security.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;

/** Proof Key for Code Exchange (RFC 7636), method S256 alone, as OAuth 2.1 asks. */
public final class Pkce {

  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private Pkce() {}

  public static boolean isChallenge(String text) {
    return CHALLENGE.matcher(text).matches();
  }

  /** Whether the verifier is the one whose digest the challenge is (section 4.6). */
  public static boolean proves(String challenge, String verifier) {
    if (!VERIFIER.matcher(verifier).matches()) {
      return false;
    }
    byte[] digest = Digests.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
    String made = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    return MessageDigest.isEqual(made.getBytes(StandardCharsets.US_ASCII),
        challenge.getBytes(StandardCharsets.US_ASCII));
  }
}
