package ai.qenex.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Rounding;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a conversion comes to, in minor units (invariant {@code FX-1}).
 *
 * <p>
 * One side is fixed; the other, computed side is worth {@code mid} at the rate, exactly. The customer's part of the
 * computed side is {@code mid * (1 - spread)} where he sells a fixed amount and {@code mid / (1 - spread)} where he
 * buys one, rounded as the instruction says. The bank's position moves by {@code mid} rounded to the nearest, halves to
 * even; the margin is the exact margin rounded down; what these three leave of each other is the residue.
 *
 * @param customer what he gets or pays of the computed side
 * @param position by how much the bank's position in the computed asset changes, zero or more
 * @param margin what the bank earns, zero or more
 * @param residue what the rounding account gets; below zero, what it gives
 */
public record ConversionQuote(BigInteger customer, BigInteger position, BigInteger margin, BigInteger residue) {

  /** Which side of the conversion was named. */
  public enum Fixed {
    /** The customer sells just so much: he gets what is computed. */
    SELL,
    /** The customer buys just so much: he pays what is computed. */
    BUY
  }

  /** The two assets and the price between them. */
  public record Terms(Asset sold, Asset bought, ExchangeRate rate, Optional<Portion> spread) {}

  static ConversionQuote of(Fixed fixed, BigInteger amount, Terms terms, Rounding rounding) {
    BigInteger rateOver = terms.rate.value().unscaledValue();
    BigInteger rateUnder = BigInteger.TEN.pow(terms.rate.value().scale());
    BigInteger soldUnit = BigInteger.TEN.pow(terms.sold.scale());
    BigInteger boughtUnit = BigInteger.TEN.pow(terms.bought.scale());
    BigInteger spreadOver = terms.spread.map(Portion::numerator).orElse(BigInteger.ZERO);
    BigInteger spreadUnder = terms.spread.map(Portion::denominator).orElse(BigInteger.ONE);
    BigInteger keptOver = spreadUnder.subtract(spreadOver);
    if (fixed == Fixed.SELL) {
      BigInteger over = amount.multiply(rateOver).multiply(boughtUnit);
      BigInteger under = rateUnder.multiply(soldUnit);
      BigInteger customer = rounding.quotient(over.multiply(keptOver), under.multiply(spreadUnder));
      BigInteger margin = Rounding.DOWN.quotient(over.multiply(spreadOver), under.multiply(spreadUnder));
      BigInteger position = Rounding.HALF_EVEN.quotient(over, under);
      return new ConversionQuote(customer, position, margin, position.subtract(customer).subtract(margin));
    }
    BigInteger over = amount.multiply(rateUnder).multiply(soldUnit);
    BigInteger under = rateOver.multiply(boughtUnit);
    BigInteger customer = rounding.quotient(over.multiply(spreadUnder), under.multiply(keptOver));
    BigInteger margin = Rounding.DOWN.quotient(over.multiply(spreadOver), under.multiply(keptOver));
    BigInteger position = Rounding.HALF_EVEN.quotient(over, under);
    return new ConversionQuote(customer, position, margin, customer.subtract(position).subtract(margin));
  }
}
