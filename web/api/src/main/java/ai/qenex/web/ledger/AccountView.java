package ai.qenex.web.ledger;

import ai.qenex.kernel.Iban;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Balance;
import java.util.Optional;
import java.util.UUID;

/**
 * An account as it stands.
 *
 * @param overdraftLimit absent for internal accounts, which have no floor
 * @param booked credits minus debits
 * @param available what a debit may take now
 * @param seq the last log entry that touched it, 0 if none did
 */
public record AccountView(
    UUID id, String address, Optional<String> iban, Optional<String> alias, String asset, String owner, String product,
    String status,
    Optional<String> overdraftLimit, String booked, String held, String available, long seq) {

  static AccountView of(Account account, Balance balance) {
    return new AccountView(account.id(), account.address(), account.iban().map(Iban::value), account.alias(),
        account.asset().code(),
        account.owner(), account.product().code(), account.status().code(),
        account.overdraftLimit().map(limit -> new Money(limit, account.asset()).toDecimalString()),
        balance.booked().toDecimalString(), balance.held().toDecimalString(), balance.available().toDecimalString(),
        balance.seq());
  }
}
