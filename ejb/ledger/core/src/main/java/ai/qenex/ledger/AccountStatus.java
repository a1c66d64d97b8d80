package ai.qenex.ledger;

import java.util.Locale;

/** Life of an account: open, perhaps frozen or dormant for a while, at last closed at a balance of zero. */
public enum AccountStatus {
  OPEN,
  /** Neither debits nor credits. */
  FROZEN,
  /** Credits only, by order of the bank. */
  DEBITS_FROZEN,
  /** Debits only, by order of the bank. */
  CREDITS_FROZEN,
  /** Not used for long: credits only, until an operator reactivates it. */
  DORMANT,
  /** For good. */
  CLOSED;

  public boolean isFrozen() {
    return this == FROZEN || this == DEBITS_FROZEN || this == CREDITS_FROZEN;
  }

  /** Whether money may leave the account, or be reserved on it. */
  public boolean takesDebits() {
    return this == OPEN || this == CREDITS_FROZEN;
  }

  public boolean takesCredits() {
    return this == OPEN || this == DEBITS_FROZEN || this == DORMANT;
  }

  /** The lower-case name that the API speaks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
