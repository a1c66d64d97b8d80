package ai.qenex.ledger;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How many units of the bought asset one unit of the sold asset is worth, exactly: units, not minor units.
 *
 * @param value above zero, at most {@value #MAX_DECIMALS} decimals and {@value #MAX_DIGITS} digits, without trailing
 * zeros
 */
public record ExchangeRate(BigDecimal value) {

  public static final int MAX_DECIMALS = 18;
  public static final int MAX_DIGITS = 36;

  private static final Pattern PLAIN = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

  public ExchangeRate {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException("a rate is more than zero");
    }
    value = value.stripTrailingZeros();
    if (value.scale() > MAX_DECIMALS || value.precision() - value.scale() > MAX_DIGITS - MAX_DECIMALS) {
      throw new IllegalArgumentException(
          "a rate has at most " + (MAX_DIGITS - MAX_DECIMALS) + " digits and " + MAX_DECIMALS + " decimals");
    }
    if (value.scale() < 0) {
      value = value.setScale(0);
    }
  }

  /** Reads a plain decimal such as {@code 1.0825}. @throws IllegalArgumentException if it is none, or no rate */
  public static ExchangeRate parse(String text) {
    if (!PLAIN.matcher(text).matches()) {
      throw new IllegalArgumentException("a rate is a plain decimal of at most 18 digits and 18 decimals");
    }
    return new ExchangeRate(new BigDecimal(text));
  }

  @Override
  public String toString() {
    return value.toPlainString();
  }
}
