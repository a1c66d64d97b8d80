package ai.qenex.ledger;

import java.util.Locale;

/** Life of an account: open, perhaps frozen for a while, at last closed at a balance of zero. */
public enum AccountStatus {
  OPEN,
  /** Neither debits nor credits. */
  FROZEN,
  /** For good. */
  CLOSED;

  /** The lower-case name that the API speaks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
