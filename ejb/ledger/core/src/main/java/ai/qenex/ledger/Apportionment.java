package ai.qenex.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a whole number of minor units by exact portions, to the last unit (invariant {@code ALLOCATION-1}).
 *
 * <p>
 * The remainder rule is that of the largest remainder (Hamilton's method): each part is first rounded down; the units
 * that are left, fewer than there are parts, go one each to the parts that lost most by that, of equal ones to the
 * earlier. So every part is less than one unit away from its exact value, and a part that is exact stays so.
 */
final class Apportionment {

  private Apportionment() {}

  /** @param portions together the whole */
  static List<BigInteger> split(BigInteger whole, List<Portion> portions) {
    var parts = new BigInteger[portions.size()];
    var losses = new BigInteger[portions.size()];
    BigInteger left = whole;
    for (int i = 0; i < parts.length; i++) {
      Portion portion = portions.get(i);
      BigInteger[] divided = whole.multiply(portion.numerator()).divideAndRemainder(portion.denominator());
      parts[i] = divided[0];
      losses[i] = divided[1];
      left = left.subtract(divided[0]);
    }
    if (left.signum() > 0) {
      // the sort is stable, so that the earlier of two equal ones comes first
      var byLoss = new ArrayList<Integer>();
      for (int i = 0; i < parts.length; i++) {
        byLoss.add(i);
      }
      byLoss.sort((a, b) -> compare(losses, portions, b, a));
      for (int i = 0; i < left.intValueExact(); i++) {
        int part = byLoss.get(i);
        parts[part] = parts[part].add(BigInteger.ONE);
      }
    }
    return Arrays.asList(parts);
  }

  /** Compares two fractions by multiplying across. */
  private static int compare(BigInteger[] losses, List<Portion> portions, int a, int b) {
    return losses[a].multiply(portions.get(b).denominator())
        .compareTo(losses[b].multiply(portions.get(a).denominator()));
  }
}
