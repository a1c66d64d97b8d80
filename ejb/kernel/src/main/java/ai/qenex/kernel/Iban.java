package ai.qenex.kernel;

import org.iban4j.CountryCode;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;

/**
 * An international bank account number (ISO 13616-1): country, two mod-97 check digits, and a national number of that
 * country's length and form. Held in electronic form: upper-case, no blanks.
 */
public record Iban(String value) {

  private static final int MAX_LENGTH = 34;

  public Iban {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a valid IBAN");
    }
  }

  public static boolean isValid(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    try {
      IbanUtil.validate(text);
      return true;
    } catch (Iban4jException e) {
      return false;
    }
  }

  /**
   * The IBAN with the right check digits for a national number.
   *
   * @throws IllegalArgumentException if the country is unknown or the number is not of its form
   */
  public static Iban of(String country, String nationalNumber) {
    if (CountryCode.getByCode(country) == null) {
      throw new IllegalArgumentException("not an ISO 3166 country: " + country);
    }
    try {
      return new Iban(country + IbanUtil.calculateCheckDigit(country + "00" + nationalNumber) + nationalNumber);
    } catch (Iban4jException e) {
      throw new IllegalArgumentException("not a national account number of " + country, e);
    }
  }

  public String country() {
    return value.substring(0, 2);
  }

  /** What stands behind country and check digits. */
  public String nationalNumber() {
    return value.substring(4);
  }

  @Override
  public String toString() {
    return value;
  }
}
