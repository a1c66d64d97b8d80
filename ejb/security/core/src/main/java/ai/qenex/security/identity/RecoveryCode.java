package ai.qenex.security.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A recovery code: 160 random bits in 32 letters and digits that cannot be mistaken for one another, written in groups
 * of four. That many bits cannot be guessed from a digest, so a plain SHA-256 is kept (OWASP ASVS 5.0, 6.5.2 asks for
 * 112 of them, 11.5.1 for 128).
 */
public final class RecoveryCode {

  /** Of randomness. */
  public static final int BYTES = 20;
  /** How many a person gets at a time. */
  public static final int CODES = 10;

  /** Crockford's base 32: no I, L, O and U. */
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BITS = 5;
  private static final int GROUP = 4;
  private static final Pattern FORM = Pattern.compile("[" + LETTERS + "]{32}");

  private RecoveryCode() {}

  /** @param random {@value #BYTES} bytes */
  public static String of(byte[] random) {
    if (random.length != BYTES) {
      throw new IllegalArgumentException("a recovery code is made of " + BYTES + " bytes");
    }
    var code = new StringBuilder();
    int letters = BYTES * Byte.SIZE / BITS;
    for (int i = 0; i < letters; i++) {
      int bit = i * BITS;
      int pair = (random[bit / Byte.SIZE] & 0xFF) << Byte.SIZE
          | (bit / Byte.SIZE + 1 < BYTES ? random[bit / Byte.SIZE + 1] & 0xFF : 0);
      code.append(i > 0 && i % GROUP == 0 ? "-" : "")
          .append(LETTERS.charAt(pair >> 2 * Byte.SIZE - BITS - bit % Byte.SIZE & (1 << BITS) - 1));
    }
    return code.toString();
  }

  public static boolean isCode(String text) {
    return FORM.matcher(plain(text)).matches();
  }

  /** What is kept. Small letters and missing or additional hyphens do not matter. */
  public static byte[] digest(String subject, String code) {
    return Digests.sha256("qenex recovery code", subject, plain(code));
  }

  private static String plain(String code) {
    return code.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT);
  }
}
