package ai.qenex.web.ledger;

import ai.qenex.ledger.GlAccount;
import java.util.List;
import java.util.Optional;

/** A line of the chart of accounts. */
public record ChartView(String code, String name, String normalSide, Optional<String> parent) {

  public record Chart(List<ChartView> items) {}

  static ChartView of(GlAccount line) {
    return new ChartView(line.code(), line.name(), line.normalSide().code(), line.parent());
  }
}
