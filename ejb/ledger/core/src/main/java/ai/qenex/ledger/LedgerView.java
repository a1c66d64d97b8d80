package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/** What a decision may see: the ledger as of one point of the log. */
public interface LedgerView {

  Optional<Account> account(AccountNumber number);

  /** Booked balance in credit-positive minor units; zero for an account that does not exist. */
  Amount booked(AccountNumber number);

  /** What open holds reserve of an account, in minor units; zero for an account that does not exist. */
  Amount held(AccountNumber number);

  /**
   * A hold as it stands, open or ended; empty if there is none. Only for ids that {@link Instruction#refersTo} names.
   */
  Optional<Hold> hold(UUID id);

  /** The entry with that id, if there is one. Only for ids that {@link Instruction#refersTo} names. */
  Optional<LedgerEntry> entry(UUID id);

  /** The transfer that undid that one, if there is one. Only for ids that {@link Instruction#refersTo} names. */
  Optional<UUID> reversalOf(UUID transfer);

  /** The booking time of what is decided now: the ledger's only clock, which never goes backwards along the log. */
  Instant now();

  Optional<AccountNumber> numberOf(String alias);

  Optional<Asset> asset(String code);

  /** How many assets are registered. */
  int assetCount();

  /**
   * The day that transfers without a business date of their own are booked into: the latest open one.
   *
   * @throws java.util.NoSuchElementException before the first day of the bank's life was opened
   */
  BusinessDate currentDate();

  /** The last date of the closed periods: nothing is booked or value-dated up to there. Empty while none is closed. */
  Optional<LocalDate> closedThrough();

  /** All days that still take postings, in order; empty only before the first day of the bank's life was opened. */
  SortedSet<BusinessDate> openDates();

  /**
   * Whether nothing that accounts and balances say forbids to move the amount: both accounts exist, differ, have the
   * asset and take the movement, and no balance runs out of digits or below its floor. No means only that a closer look
   * is needed, so that a view may answer from the figures it has at hand.
   *
   * @param amount above zero
   */
  default boolean certainlyAllows(AccountNumber debit, AccountNumber credit, Money amount) {
    return false;
  }
}
