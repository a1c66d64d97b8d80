package ai.qenex.security.edge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The field {@code Content-Digest} (RFC 9530): one digest, SHA-256 or SHA-512, of the body as it was sent. */
public final class ContentDigest {

  private static final Pattern ONE = Pattern.compile("(sha-256|sha-512)=:([A-Za-z0-9+/]{1,128}={0,2}):");
  private static final Map<String, String> JAVA_NAMES = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

  private ContentDigest() {}

  /** The field's value for a body, by SHA-256. */
  public static String of(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest("sha-256", body)) + ":";
  }

  /** Whether the field is one we can read. */
  public static boolean isReadable(String field) {
    return ONE.matcher(field).matches();
  }

  /** Whether the field's digest is the body's; false for one that cannot be read. */
  public static boolean matches(String field, byte[] body) {
    Matcher one = ONE.matcher(field);
    Optional<byte[]> told = one.matches() ? SignatureInput.base64(one.group(2)) : Optional.empty();
    return told.isPresent() && MessageDigest.isEqual(told.get(), digest(one.group(1), body));
  }

  private static byte[] digest(String name, byte[] body) {
    try {
      return MessageDigest.getInstance(JAVA_NAMES.get(name)).digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-2", e);
    }
  }
}
