package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.GeneralLedger.Line;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What moved in a day on the accounts of one GL code and asset. However often money goes to and fro, its sum has room
 * here; only as a line of the journal it is cut into amounts.
 *
 * @param debits in minor units, zero or more, of any number of digits
 * @param credits likewise
 */
record Turnover(String glCode, Asset asset, BigInteger debits, BigInteger credits) {

  private static final BigInteger LARGEST_AMOUNT = BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE);

  /** Of the same accounts. */
  Turnover plus(Turnover other) {
    return new Turnover(glCode, asset, debits.add(other.debits), credits.add(other.credits));
  }

  Turnover of(String otherGlCode) {
    return new Turnover(otherGlCode, asset, debits, credits);
  }

  /** One line, or as many as it takes for each amount to have no more than 38 digits. */
  List<Line> lines() {
    var lines = new ArrayList<Line>();
    BigInteger debitsLeft = debits;
    BigInteger creditsLeft = credits;
    do {
      BigInteger debit = debitsLeft.min(LARGEST_AMOUNT);
      BigInteger credit = creditsLeft.min(LARGEST_AMOUNT);
      lines.add(new Line(glCode, money(debit), money(credit)));
      debitsLeft = debitsLeft.subtract(debit);
      creditsLeft = creditsLeft.subtract(credit);
    } while (debitsLeft.signum() > 0 || creditsLeft.signum() > 0);
    return lines;
  }

  private Money money(BigInteger minorUnits) {
    return new Money(Amount.of(minorUnits), asset);
  }
}
