package ai.qenex.ledger.service;

import ai.qenex.ledger.Account;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which line of the bank's general ledger an account belongs to: by its product, and internal accounts by their alias,
 * either the code that it names or its first part. A function of the account alone, so that the books can be made anew
 * from the log.
 */
final class ChartOfAccounts {

  /** An internal account may name its GL code itself: {@code gl.1250.EUR}. */
  private static final Pattern NAMED = Pattern.compile("gl\\.([0-9]{1,12})\\..+");

  private ChartOfAccounts() {}

  static String glCodeOf(Account account) {
    return switch (account.product()) {
      case CURRENT -> "2010";
      case SAVINGS -> "2020";
      case INTERNAL -> ofAlias(account.alias().orElse(""));
    };
  }

  private static String ofAlias(String alias) {
    var named = NAMED.matcher(alias);
    if (named.matches()) {
      return named.group(1);
    }
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
