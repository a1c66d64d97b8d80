package ai.qenex.ledger.service;

import ai.qenex.ledger.Account;
import java.util.Locale;

/**
 * Which line of the bank's general ledger an account belongs to: by its product, and internal accounts by the first
 * part of their alias.
 */
final class ChartOfAccounts {

  private ChartOfAccounts() {}

  static String glCodeOf(Account account) {
    return switch (account.product()) {
      case CURRENT -> "2010";
      case SAVINGS -> "2020";
      case INTERNAL -> ofAlias(account.alias().orElse(""));
    };
  }

  private static String ofAlias(String alias) {
    String kind = alias.toLowerCase(Locale.ROOT).split("[.:_-]", 2)[0];
    return switch (kind) {
      case "cash", "vault" -> "1000";
      case "nostro" -> "1010";
      case "clearing" -> "1090";
      case "position" -> "1080";
      case "rounding" -> "5090";
      case "fee", "fees", "income" -> "4000";
      default -> "1900";
    };
  }
}
