package ai.qenex.web.ledger;

import static ai.qenex.web.ledger.GlBalanceView.decimal;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Books;
import ai.qenex.ledger.GlAccount;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stood, moved and stands per GL code on a business date; opening and closing are credit-positive.
 *
 * @param status of the day: {@code open} or {@code closed}
 * @param totals of all lines: opening and closing are zero, debits and credits equal
 */
public record TrialBalanceView(LocalDate businessDate, String status, String asset, List<Line> items, Totals totals) {

  /** @param name and side are missing for a code that the chart does not know */
  public record Line(String glCode, Optional<String> name, Optional<String> normalSide, String opening, String debits,
      String credits, String closing) {}

  public record Totals(String opening, String debits, String credits, String closing) {}

  static TrialBalanceView of(Books.TrialBalance balance, Map<String, GlAccount> chart) {
    Asset asset = balance.asset();
    Books.Line total = balance.total();
    return new TrialBalanceView(balance.date().date(), balance.closed() ? "closed" : "open", asset.code(),
        balance.lines().stream().map(line -> lineOf(line, Optional.ofNullable(chart.get(line.glCode())), asset))
            .toList(),
        new Totals(decimal(total.opening(), asset), decimal(total.debits(), asset), decimal(total.credits(), asset),
            decimal(total.closing(), asset)));
  }

  private static Line lineOf(Books.Line line, Optional<GlAccount> known, Asset asset) {
    return new Line(line.glCode(), known.map(GlAccount::name), known.map(found -> found.normalSide().code()),
        decimal(line.opening(), asset), decimal(line.debits(), asset), decimal(line.credits(), asset),
        decimal(line.closing(), asset));
  }
}
