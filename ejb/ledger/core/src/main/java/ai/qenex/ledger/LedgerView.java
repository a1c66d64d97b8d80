package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import java.util.Optional;
import java.util.SortedSet;

/** What a decision may see: the ledger as of one point of the log. */
public interface LedgerView {

  Optional<Account> account(AccountNumber number);

  /** Booked balance in credit-positive minor units; zero for an account that does not exist. */
  Amount booked(AccountNumber number);

  Optional<AccountNumber> numberOf(String alias);

  Optional<Asset> asset(String code);

  /**
   * The day that transfers without a business date of their own are booked into: the latest open one.
   *
   * @throws java.util.NoSuchElementException before the first day of the bank's life was opened
   */
  BusinessDate currentDate();

  /** All days that still take postings, in order; empty only before the first day of the bank's life was opened. */
  SortedSet<BusinessDate> openDates();
}
