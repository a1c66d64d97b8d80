package ai.qenex.kernel;

import java.math.BigInteger;

/**
 * An exact, signed count of an asset's minor units: at most {@value #MAX_DIGITS} decimal digits.
 *
 * <p>
 * Values that fit a {@code long} are held and added as such; larger ones as {@link BigInteger}. The representation is
 * canonical, so that equality, order and every result are the same on both paths (invariant {@code AMOUNT-1}).
 */
public final class Amount implements Comparable<Amount> {

  /** The largest number of decimal digits: that of PostgreSQL's {@code numeric(38)} column. */
  public static final int MAX_DIGITS = 38;

  public static final Amount ZERO = new Amount(0, null);

  private static final BigInteger LIMIT = BigInteger.TEN.pow(MAX_DIGITS);
  /** So many bits are certainly within the limit. */
  private static final int BITS_WITHIN_LIMIT = LIMIT.bitLength() - 1;

  private final long small;
  /** Null when the value fits {@link #small}. */
  private final BigInteger big;

  private Amount(long small, BigInteger big) {
    this.small = small;
    this.big = big;
  }

  public static Amount of(long minorUnits) {
    return minorUnits == 0 ? ZERO : new Amount(minorUnits, null);
  }

  /** @throws ArithmeticException if the value needs more than {@value #MAX_DIGITS} digits */
  public static Amount of(BigInteger minorUnits) {
    if (minorUnits.bitLength() < Long.SIZE) {
      return of(minorUnits.longValue());
    }
    if (minorUnits.bitLength() > BITS_WITHIN_LIMIT && minorUnits.abs().compareTo(LIMIT) >= 0) {
      throw new ArithmeticException("an amount has at most " + MAX_DIGITS + " digits");
    }
    return new Amount(0, minorUnits);
  }

  /**
   * Reads an optional minus sign and 1 to {@value #MAX_DIGITS} ASCII digits.
   *
   * @throws ArithmeticException if the value needs more digits
   * @throws NumberFormatException if the text is anything else
   */
  public static Amount ofMinorUnits(String text) {
    if (text.length() > MAX_DIGITS + 1) {
      throw new ArithmeticException("an amount has at most " + MAX_DIGITS + " digits");
    }
    return of(new BigInteger(text));
  }

  /** @throws ArithmeticException if the sum needs more than {@value #MAX_DIGITS} digits */
  public Amount plus(Amount other) {
    if (big == null && other.big == null) {
      long sum = small + other.small;
      if (((small ^ sum) & (other.small ^ sum)) >= 0) {
        return of(sum);
      }
    }
    return of(toBigInteger().add(other.toBigInteger()));
  }

  /** @throws ArithmeticException if the difference needs more than {@value #MAX_DIGITS} digits */
  public Amount minus(Amount other) {
    if (big == null && other.big == null) {
      long difference = small - other.small;
      if (((small ^ other.small) & (small ^ difference)) >= 0) {
        return of(difference);
      }
    }
    return of(toBigInteger().subtract(other.toBigInteger()));
  }

  public Amount negated() {
    return big == null && small != Long.MIN_VALUE ? of(-small) : of(toBigInteger().negate());
  }

  public Amount abs() {
    return signum() < 0 ? negated() : this;
  }

  public int signum() {
    return big == null ? Long.signum(small) : big.signum();
  }

  public boolean isZero() {
    return big == null && small == 0;
  }

  public boolean isPositive() {
    return signum() > 0;
  }

  public boolean isNegative() {
    return signum() < 0;
  }

  /** Whether {@link #toLong()} answers. */
  public boolean fitsLong() {
    return big == null;
  }

  /** @throws ArithmeticException if the value does not fit a {@code long} */
  public long toLong() {
    if (big != null) {
      throw new ArithmeticException("the amount does not fit a long");
    }
    return small;
  }

  public BigInteger toBigInteger() {
    return big == null ? BigInteger.valueOf(small) : big;
  }

  @Override
  public int compareTo(Amount other) {
    return big == null && other.big == null
        ? Long.compare(small, other.small)
        : toBigInteger().compareTo(other.toBigInteger());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Amount that
        && small == that.small
        && (big == null ? that.big == null : big.equals(that.big));
  }

  @Override
  public int hashCode() {
    return big == null ? Long.hashCode(small) : big.hashCode();
  }

  /** The minor units as plain digits with a minus sign where negative. */
  @Override
  public String toString() {
    return big == null ? Long.toString(small) : big.toString();
  }
}
