package ai.qenex.kernel;

import java.util.regex.Pattern;

/**
 * A business identifier code (ISO 9362:2022): 4 characters party prefix, 2 letters country, 2 characters party suffix
 * and optionally a 3-character branch. Held upper-case, as given: 8 or 11 characters.
 */
public record Bic(String code) implements Comparable<Bic> {

  private static final Pattern FORM = Pattern.compile("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?");

  public Bic {
    if (!isValid(code)) {
      throw new IllegalArgumentException("not a BIC of 8 or 11 characters");
    }
  }

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /** The 8-character BIC of the institution: two BICs that share it name the same bank. */
  public Bic institution() {
    return code.length() == 8 ? this : new Bic(code.substring(0, 8));
  }

  public String country() {
    return code.substring(4, 6);
  }

  @Override
  public int compareTo(Bic other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
