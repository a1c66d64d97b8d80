package ai.qenex.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact amount of one asset.
 *
 * <p>
 * Excess decimals are refused, never rounded away; sums of two assets do not exist.
 */
public record Money(Amount amount, Asset asset) {

  /**
   * Longest decimal text that can be an amount: sign, point and {@value Amount#MAX_DIGITS} digits, with room for a
   * zero.
   */
  private static final int MAX_TEXT = Amount.MAX_DIGITS + 3;

  public static Money ofMinorUnits(long minorUnits, Asset asset) {
    return new Money(Amount.of(minorUnits), asset);
  }

  /**
   * Reads a plain decimal such as {@code 12.50}: an optional minus, digits, and at most one point followed by no more
   * decimals than the asset's scale. No exponent, no grouping, no plus sign.
   *
   * @throws InvalidAmountException if the text is not such a number, has excess decimals or more than 38 digits in
   * minor units
   */
  public static Money parse(String text, Asset asset) {
    int length = text.length();
    if (length == 0 || length > MAX_TEXT) {
      throw new InvalidAmountException("an amount has 1 to " + Amount.MAX_DIGITS + " digits");
    }
    int start = text.charAt(0) == '-' ? 1 : 0;
    int point = -1;
    var digits = new StringBuilder(length + asset.scale());
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0 && i > start && i < length - 1) {
        point = i;
      } else if (c >= '0' && c <= '9') {
        digits.append(c);
      } else {
        throw new InvalidAmountException("an amount is a plain decimal number");
      }
    }
    if (digits.isEmpty()) {
      throw new InvalidAmountException("an amount is a plain decimal number");
    }
    int decimals = point < 0 ? 0 : length - point - 1;
    if (decimals > asset.scale()) {
      throw new InvalidAmountException(asset.code() + " has at most " + asset.scale() + " decimals");
    }
    digits.append("0".repeat(asset.scale() - decimals));
    return new Money(minorUnits(digits, start == 1), asset);
  }

  private static Amount minorUnits(StringBuilder digits, boolean negative) {
    try {
      if (digits.length() <= 18) {
        long value = Long.parseLong(digits, 0, digits.length(), 10);
        return Amount.of(negative ? -value : value);
      }
      var value = new BigInteger(digits.toString());
      return Amount.of(negative ? value.negate() : value);
    } catch (ArithmeticException e) {
      throw new InvalidAmountException(e.getMessage());
    }
  }

  /**
   * Reads an exact decimal number.
   *
   * @throws InvalidAmountException if it has more decimals than the asset or more than 38 digits in minor units
   */
  public static Money of(BigDecimal value, Asset asset) {
    if (value.signum() == 0) {
      return new Money(Amount.ZERO, asset);
    }
    if ((long) value.precision() - value.scale() + asset.scale() > Amount.MAX_DIGITS) {
      throw new InvalidAmountException("an amount has at most " + Amount.MAX_DIGITS + " digits");
    }
    if (value.stripTrailingZeros().scale() > asset.scale()) {
      throw new InvalidAmountException(asset.code() + " has at most " + asset.scale() + " decimals");
    }
    return new Money(Amount.of(value.setScale(asset.scale()).unscaledValue()), asset);
  }

  /** @throws IllegalArgumentException if the other is of another asset */
  public Money plus(Money other) {
    requireSameAsset(other);
    return new Money(amount.plus(other.amount), asset);
  }

  /** @throws IllegalArgumentException if the other is of another asset */
  public Money minus(Money other) {
    requireSameAsset(other);
    return new Money(amount.minus(other.amount), asset);
  }

  public Money negated() {
    return new Money(amount.negated(), asset);
  }

  public BigDecimal toBigDecimal() {
    return new BigDecimal(amount.toBigInteger(), asset.scale());
  }

  /** The decimal at the asset's full scale, e.g. {@code -12.50}; readable by {@link #parse}. */
  public String toDecimalString() {
    int scale = asset.scale();
    if (scale == 0) {
      return amount.toString();
    }
    String units = amount.toString();
    boolean negative = units.charAt(0) == '-';
    String digits = negative ? units.substring(1) : units;
    if (digits.length() <= scale) {
      digits = "0".repeat(scale - digits.length() + 1) + digits;
    }
    int point = digits.length() - scale;
    return (negative ? "-" : "") + digits.substring(0, point) + '.' + digits.substring(point);
  }

  @Override
  public String toString() {
    return toDecimalString() + ' ' + asset.code();
  }

  private void requireSameAsset(Money other) {
    if (!asset.equals(other.asset)) {
      throw new IllegalArgumentException("cannot add " + other.asset + " to " + asset);
    }
  }
}
