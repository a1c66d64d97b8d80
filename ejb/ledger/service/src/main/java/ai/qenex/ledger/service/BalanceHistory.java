package ai.qenex.ledger.service;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.Balance;
import java.time.Instant;
import java.time.LocalDate;

/** Balances as they were. */
public interface BalanceHistory {

  /** Booked balance over all transfers booked up to and including the instant. */
  Balance balanceAt(Account account, Instant bookedAt);

  /** Booked balance over all transfers with a value date up to and including the given one. */
  Balance balanceAtValueDate(Account account, LocalDate valueDate);
}
