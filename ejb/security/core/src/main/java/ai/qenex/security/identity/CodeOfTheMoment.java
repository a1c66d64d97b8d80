package ai.qenex.security.identity;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time codes (RFC 6238): six digits, HMAC-SHA-1, steps of 30 seconds, which is what every authenticator
 * reads. A code is looked for in the step of the moment and one to each side, for clocks that differ; a step whose code
 * was taken, and every step before it, is burnt (section 5.2).
 */
public final class CodeOfTheMoment {

  /** Of a secret. RFC 4226 section 4 asks for 16 at least and recommends 20. */
  public static final int SECRET_BYTES = 20;
  public static final Duration STEP = Duration.ofSeconds(30);
  public static final int DIGITS = 6;
  /** Steps before and after the moment. */
  static final int WINDOW = 1;

  private static final Pattern CODE = Pattern.compile("[0-9]{" + DIGITS + "}");

  private CodeOfTheMoment() {}

  public static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  public static String at(byte[] secret, Instant moment) {
    return of(secret, stepOf(moment), DIGITS, "HmacSHA1");
  }

  /**
   * The step whose code this is, to be burnt. Looks at every step of the window whether an earlier one fits or not.
   *
   * @param burnt the newest step whose code was taken; 0: none was
   */
  public static OptionalLong stepOf(byte[] secret, String code, Instant now, long burnt) {
    if (!isCode(code)) {
      return OptionalLong.empty();
    }
    byte[] given = code.getBytes(StandardCharsets.US_ASCII);
    long found = -1;
    for (long step = stepOf(now) - WINDOW; step <= stepOf(now) + WINDOW; step++) {
      byte[] right = of(secret, step, DIGITS, "HmacSHA1").getBytes(StandardCharsets.US_ASCII);
      boolean same = MessageDigest.isEqual(right, given) & step > burnt;
      found = same && found < 0 ? step : found;
    }
    return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
  }

  static long stepOf(Instant moment) {
    return moment.getEpochSecond() / STEP.toSeconds();
  }

  /** For the vectors of the RFC, which have eight digits and longer digests too. */
  static String of(byte[] secret, long step, int digits, String mac) {
    try {
      var generator = new TimeBasedOneTimePasswordGenerator(STEP, digits, mac);
      int code = generator.generateOneTimePassword(new SecretKeySpec(secret, "RAW"),
          Instant.ofEpochSecond(step * STEP.toSeconds()));
      return String.format(Locale.ROOT, "%0" + digits + "d", code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + mac, e);
    }
  }
}
