package ai.qenex.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of what is split, and who has it.
 *
 * @param portion empty: what the other shares leave
 */
public record Share<T>(Optional<Portion> portion, T party) {

  /**
   * The portions of shares that together are the whole, to the last digit.
   *
   * @throws IllegalArgumentException if they are more or less than the whole, or several take what remains
   */
  static List<Portion> portions(List<? extends Share<?>> shares) {
    BigInteger numerator = BigInteger.ZERO;
    BigInteger denominator = BigInteger.ONE;
    int remaining = -1;
    for (int i = 0; i < shares.size(); i++) {
      Optional<Portion> portion = shares.get(i).portion();
      if (portion.isEmpty()) {
        if (remaining >= 0) {
          throw new IllegalArgumentException("only one share takes what remains");
        }
        remaining = i;
        continue;
      }
      Portion given = portion.get();
      numerator = numerator.multiply(given.denominator()).add(given.numerator().multiply(denominator));
      denominator = denominator.multiply(given.denominator());
      BigInteger divisor = numerator.gcd(denominator);
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
    BigInteger left = denominator.subtract(numerator);
    if (left.signum() < 0 || (remaining < 0) != (left.signum() == 0)) {
      throw new IllegalArgumentException(left.signum() < 0 ? "the shares are more than the whole"
          : remaining < 0 ? "the shares are less than the whole" : "nothing remains for the share that takes the rest");
    }
    var portions = new ArrayList<Portion>(shares.size());
    for (Share<?> share : shares) {
      portions.add(share.portion().isPresent() ? share.portion().get() : new Portion(left, denominator));
    }
    return portions;
  }
}
