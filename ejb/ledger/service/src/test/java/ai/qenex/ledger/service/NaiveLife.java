package ai.qenex.ledger.service;

import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.ChangeAccount.Change;
import ai.qenex.ledger.ChangeAccount.Freeze;
import ai.qenex.ledger.ChangeAccount.Side;
import java.util.Map;

/** The life of an account for the {@link NaiveBank}, as a table. */
final class NaiveLife {

  private static final Map<String, Map<Side, String>> FREEZES = Map.of(
      "open", Map.of(Side.DEBITS, "debits_frozen", Side.CREDITS, "credits_frozen", Side.BOTH, "frozen"),
      "dormant", Map.of(Side.DEBITS, "debits_frozen", Side.CREDITS, "credits_frozen", Side.BOTH, "frozen"),
      "debits_frozen", Map.of(Side.CREDITS, "frozen", Side.BOTH, "frozen"),
      "credits_frozen", Map.of(Side.DEBITS, "frozen", Side.BOTH, "frozen"),
      "frozen", Map.of(),
      "closed", Map.of());

  private NaiveLife() {}

  /** Null if the change does not go with the status. */
  static String next(String status, Change change) {
    if (change instanceof Freeze freeze) {
      return FREEZES.get(status).get(freeze.side());
    } else if (change instanceof ChangeAccount.Unfreeze) {
      return status.endsWith("frozen") ? "open" : null;
    } else if (change instanceof ChangeAccount.Rest) {
      return status.equals("open") ? "dormant" : null;
    } else if (change instanceof ChangeAccount.Reactivate) {
      return status.equals("dormant") ? "open" : null;
    }
    return status.equals("open") || status.equals("dormant") ? "closed" : null;
  }
}
