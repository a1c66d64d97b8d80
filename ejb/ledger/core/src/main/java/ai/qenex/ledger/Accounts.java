package ai.qenex.ledger;

import ai.qenex.kernel.Asset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Reading accounts and balances, as fresh as the last commit. */
public interface Accounts {

  Optional<Account> find(AccountRef ref);

  Optional<Account> find(AccountNumber number);

  /** Cheaper than {@link #find(AccountRef)} when only the number and asset are needed, e.g. to build a transfer. */
  Optional<AccountNumber> numberOf(AccountRef ref);

  /** The balance now. @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} */
  Balance balance(AccountNumber number);

  /**
   * Booked balance as it was at an instant of booking time. @throws ai.qenex.kernel.QenexException {@code NOT_FOUND}
   */
  Balance balanceAt(AccountNumber number, Instant bookedAt);

  /**
   * Booked balance over all transfers with a value date up to and including the given one. @throws
   * ai.qenex.kernel.QenexException {@code NOT_FOUND}
   */
  Balance balanceAtValueDate(AccountNumber number, LocalDate valueDate);

  /** All registered assets, by code. */
  List<Asset> assets();

  Optional<Asset> asset(String code);
}
