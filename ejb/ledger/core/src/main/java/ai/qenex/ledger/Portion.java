package ai.qenex.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * An exact part of a whole: a fraction above zero, at most one, in lowest terms.
 *
 * @param numerator above zero
 * @param denominator at least the numerator, of at most {@value #MAX_DIGITS} digits
 */
public record Portion(BigInteger numerator, BigInteger denominator) {

  /** The most digits of a denominator. */
  public static final int MAX_DIGITS = 40;

  private static final BigInteger LIMIT = BigInteger.TEN.pow(MAX_DIGITS);
  private static final Pattern FRACTION = Pattern.compile("[0-9]{1,40}/[0-9]{1,40}");
  private static final Pattern PERCENTAGE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,37})?%");

  public static final Portion WHOLE = new Portion(BigInteger.ONE, BigInteger.ONE);

  public Portion {
    if (numerator.signum() <= 0 || numerator.compareTo(denominator) > 0) {
      throw new IllegalArgumentException("a portion is more than zero and at most the whole");
    }
    BigInteger divisor = numerator.gcd(denominator);
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
    if (denominator.compareTo(LIMIT) >= 0) {
      throw new IllegalArgumentException("a portion's denominator has at most " + MAX_DIGITS + " digits");
    }
  }

  public static Portion of(long numerator, long denominator) {
    return new Portion(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * Reads a fraction such as {@code 1/3} or a percentage such as {@code 12.5%}; exact, whatever the number of decimals.
   *
   * @throws IllegalArgumentException if it is neither, or not a portion
   */
  public static Portion parse(String text) {
    if (FRACTION.matcher(text).matches()) {
      int slash = text.indexOf('/');
      return new Portion(new BigInteger(text.substring(0, slash)), new BigInteger(text.substring(slash + 1)));
    }
    if (PERCENTAGE.matcher(text).matches()) {
      var percent = new BigDecimal(text.substring(0, text.length() - 1));
      return new Portion(percent.unscaledValue(), BigInteger.TEN.pow(percent.scale() + 2));
    }
    throw new IllegalArgumentException("a portion is a fraction such as 1/3 or a percentage such as 12.5%");
  }

  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
