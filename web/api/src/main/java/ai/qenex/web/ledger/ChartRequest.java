package ai.qenex.web.ledger;

import ai.qenex.ledger.GlAccount;
import ai.qenex.web.input.Values;
import java.util.Optional;

/**
 * A line of the chart of accounts as an operator writes it.
 *
 * @param normalSide {@code debit} or {@code credit}
 * @param parent code of the line it is summed up in
 */
public record ChartRequest(Optional<String> code, String name, String normalSide, Optional<String> parent) {

  /** @param code of the line, whether it came with the body or the path */
  GlAccount line(String path, String code) {
    requireCode(path, code);
    parent.ifPresent(above -> requireCode("/parent", above));
    GlAccount.Side side = switch (normalSide) {
      case "debit" -> GlAccount.Side.DEBIT;
      case "credit" -> GlAccount.Side.CREDIT;
      default -> throw Values.invalid("/normalSide", "debit or credit");
    };
    return new GlAccount(code, Values.text("/name", name, GlAccount.MAX_NAME), side, parent);
  }

  private static void requireCode(String path, String code) {
    if (!GlAccount.CODE_FORM.matcher(code).matches()) {
      throw Values.invalid(path, "a GL code is 1 to 12 digits");
    }
  }
}
