package ai.qenex.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * How an exact value becomes a whole number of minor units. There is no default: whoever rounds says how, and accounts
 * for the residue.
 */
public enum Rounding {
  /** Towards zero. */
  DOWN(RoundingMode.DOWN),
  /** Away from zero. */
  UP(RoundingMode.UP),
  /** To the nearest, halves away from zero. */
  HALF_UP(RoundingMode.HALF_UP),
  /** To the nearest, halves to the even neighbour. */
  HALF_EVEN(RoundingMode.HALF_EVEN);

  private final RoundingMode mode;

  Rounding(RoundingMode mode) {
    this.mode = mode;
  }

  /** The whole number for {@code numerator / denominator}. @throws ArithmeticException if the denominator is zero */
  public BigInteger quotient(BigInteger numerator, BigInteger denominator) {
    return new BigDecimal(numerator).divide(new BigDecimal(denominator), 0, mode).toBigInteger();
  }

  /** The lower-case name that the API speaks, such as {@code half-even}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Rounding> ofCode(String code) {
    for (Rounding rounding : values()) {
      if (rounding.code().equals(code)) {
        return Optional.of(rounding);
      }
    }
    return Optional.empty();
  }
}
