package ai.qenex.launcher.demo;

import ai.qenex.launcher.demo.DayReport.Cycle;
import ai.qenex.launcher.demo.DayReport.Expectation;
import ai.qenex.launcher.demo.DayReport.Position;
import ai.qenex.launcher.demo.DayReport.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lays out a {@link DayReport} for a console of 100 columns. */
final class ReportText {

  private static final int REASONS_WIDTH = 88;
  private static final Set<String> PASSED = Set.of("posted", "booked", "clearing");
  private static final String RULE = "=".repeat(98);

  private final DayReport report;
  private final StringBuilder text = new StringBuilder();

  private ReportText(DayReport report) {
    this.report = report;
  }

  static String of(DayReport report) {
    return new ReportText(report).lay();
  }

  private String lay() {
    line("");
    line(RULE);
    line(" QENEX Demo Bank, business day %s", report.date());
    line(RULE);
    if (report.steps().isEmpty()) {
      line(" This day was played already; these are its figures. Orders are not sent twice.");
    }
    steps();
    expectations();
    cycles();
    proof();
    next();
    line(RULE);
    return text.toString();
  }

  private void steps() {
    if (!report.steps().isEmpty()) {
      line("");
      line(" %-30s %12s %10s %12s", "Orders", "accepted", "refused", "per second");
    }
    for (Step step : report.steps()) {
      line("   %-28s %,12d %,10d %,12d", step.name(), step.accepted(), step.refused(), step.rate());
      if (!step.reasons().isEmpty()) {
        wrapped(step.reasons().entrySet().stream().map(reason -> reason.getValue() + " x " + reason.getKey()).toList());
      }
    }
  }

  /** Words side by side, as many as fit a line. */
  private void wrapped(List<String> words) {
    StringBuilder open = new StringBuilder();
    for (String word : words) {
      if (open.length() + word.length() > REASONS_WIDTH) {
        line("     %s", open);
        open.setLength(0);
      }
      open.append(open.isEmpty() ? "" : ", ").append(word);
    }
    line("     %s", open);
  }

  /** Only what is refused or comes otherwise than expected is told one by one. */
  private void expectations() {
    List<Expectation> all = report.expectations();
    if (all.isEmpty()) {
      return;
    }
    line("");
    line(" Orders whose outcome the files foretell: %d of %d came so. Refused were:",
        all.stream().filter(Expectation::met).count(), all.size());
    for (Expectation expectation : all) {
      String surprise = expectation.met() ? "" : "   << expected " + expectation.expected();
      if (!expectation.met() || !PASSED.contains(expectation.outcome())) {
        line("   %-26s %s%s", expectation.outcome(), expectation.why(), surprise);
      }
    }
  }

  private void cycles() {
    for (Cycle cycle : report.cycles()) {
      line("");
      line(" Clearing in %s: %,d obligations, %s", cycle.asset(), cycle.obligations(), cycle.status());
      line("   %-12s %20s %20s %20s", "bank", "sent", "received", "net");
      for (Position position : cycle.positions()) {
        line("   %-12s %20s %20s %20s", position.bank(), money(position.sent()), money(position.received()),
            money(position.net()));
      }
      line("   before netting %s, after netting %s to move (%s saved)", money(cycle.gross()), money(cycle.net()),
          saved(cycle));
    }
  }

  private void proof() {
    line("");
    if (report.books().passed()) {
      line(" Ledger check passed: %d assets each sum to zero, %,d log entries without a gap", report.books().assets(),
          report.books().entries());
    } else {
      line(" LEDGER CHECK FAILED");
      report.books().violations().forEach(violation -> line("   %s", violation));
    }
    line(" Written: %,d account statements, %,d settlement orders (pacs.009)%s", report.output().statements(),
        report.output().messages(), report.files().map(folder -> " in " + folder).orElse(""));
  }

  private void next() {
    String base = report.base().toString().replaceAll("/$", "");
    String authorized = "   curl -H \"Authorization: Bearer $TOKEN\" ";
    line("");
    line(" Look around");
    line("   BANK=%s", base);
    line("   TOKEN=$(curl -s $BANK/oauth2/token -d grant_type=client_credentials -d client_id=demo-teller \\");
    line("     -d client_secret=demo | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')");
    line("%s$BANK/api/v1/accounts/acme.eur", authorized);
    line("%s\"$BANK/api/v1/settlement/cycles?businessDate=%s\"", authorized, report.date());
    line("%s-H 'Accept: application/xml' \\", authorized);
    line("     $BANK/api/v1/accounts/acme.eur/statements/%s", report.date());
    line("   The whole API: %s/openapi", base);
  }

  private static String saved(Cycle cycle) {
    if (cycle.gross().signum() == 0) {
      return "0 %";
    }
    BigDecimal moved = cycle.net().multiply(BigDecimal.valueOf(1000)).divide(cycle.gross(), 0, RoundingMode.HALF_EVEN);
    return BigDecimal.valueOf(1000).subtract(moved).movePointLeft(1).setScale(1, RoundingMode.UNNECESSARY) + " %";
  }

  private static String money(BigDecimal amount) {
    return String.format(Locale.ROOT, "%,." + Math.max(0, amount.scale()) + "f", amount);
  }

  private void line(String format, Object... figures) {
    text.append(String.format(Locale.ROOT, format, figures)).append('\n');
  }
}
