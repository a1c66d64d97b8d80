package ai.qenex.ledger;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of the chart of accounts: what the general ledger calls a group of accounts.
 *
 * @param code 1 to 12 digits
 * @param name 1 to {@value #MAX_NAME} characters
 * @param parent code of the line it is summed up in, empty at the top
 */
public record GlAccount(String code, String name, Side normalSide, Optional<String> parent) {

  public static final int MAX_NAME = 140;

  /** The form of a code. */
  public static final Pattern CODE_FORM = Pattern.compile("[0-9]{1,12}");

  /** The side on which a balance is normal: debit for assets and expenses, credit for liabilities, equity, income. */
  public enum Side {
    DEBIT, CREDIT;

    /** The lower-case name that the API speaks. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public GlAccount {
    if (!CODE_FORM.matcher(code).matches()) {
      throw new IllegalArgumentException("a GL code is 1 to 12 digits");
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("a GL account has a name");
    }
    Texts.requireStorable(name, MAX_NAME, "a name");
  }
}
