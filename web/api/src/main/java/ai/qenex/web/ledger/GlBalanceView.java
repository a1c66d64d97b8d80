package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Books;
import ai.qenex.ledger.GlAccount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * The closing balance of a line of the chart of accounts with all lines below it.
 *
 * @param own of the accounts of the line itself, credit-positive
 * @param booked with all lines below, credit-positive
 * @param balance the same on the line's normal side: above zero where it should be
 */
public record GlBalanceView(String code, String name, String normalSide, LocalDate businessDate, String asset,
    String own, String booked, String balance, List<Below> below) {

  /** A line right below, with all below that. */
  public record Below(String code, String name, String booked) {}

  static GlBalanceView of(Books.GlBalance balance) {
    Asset asset = balance.asset();
    GlAccount line = balance.line();
    BigInteger normal =
        line.normalSide() == GlAccount.Side.CREDIT ? balance.total() : balance.total().negate();
    return new GlBalanceView(line.code(), line.name(), line.normalSide().code(), balance.date().date(), asset.code(),
        decimal(balance.own(), asset), decimal(balance.total(), asset), decimal(normal, asset),
        balance.below().stream().map(below -> new Below(below.line().code(), below.line().name(),
            decimal(below.total(), asset))).toList());
  }

  /** Sums may have more digits than an amount. */
  static String decimal(BigInteger minorUnits, Asset asset) {
    return new BigDecimal(minorUnits, asset.scale()).toPlainString();
  }
}
