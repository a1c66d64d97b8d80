package ai.qenex.web.ledger;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.Balance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A balance now or as it was.
 *
 * @param account id
 * @param at the instant of booking time that was asked for
 * @param valueDate the value date that was asked for
 */
public record BalanceView(
    UUID account, String asset, String booked, String held, String available, long seq, Optional<Instant> at,
    Optional<LocalDate> valueDate) {

  static BalanceView of(Account account, Balance balance, Optional<Instant> at, Optional<LocalDate> valueDate) {
    return new BalanceView(account.id(), account.asset().code(), balance.booked().toDecimalString(),
        balance.held().toDecimalString(), balance.available().toDecimalString(), balance.seq(), at, valueDate);
  }
}
