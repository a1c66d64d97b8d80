package ai.qenex.web.ledger;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Asked;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How an account stood after its opening or a change.
 *
 * @param overdraftLimit absent for internal accounts
 * @param by the subject of who asked for it; absent for the bank's own work, and for accounts opened before that was
 * noted
 * @param reason as given with the request
 */
public record AccountChangeView(
    UUID id, long seq, Instant bookedAt, String status, Optional<String> overdraftLimit, Optional<String> by,
    Optional<String> reason) {

  static AccountChangeView of(LedgerEntry entry) {
    Account account = entry instanceof AccountOpened opened ? opened.account() : ((AccountChanged) entry).account();
    Optional<Asked> asked = entry instanceof AccountOpened opened ? opened.asked()
        : ((AccountChanged) entry).asked();
    return new AccountChangeView(entry.id(), entry.seq(), entry.bookedAt(), account.status().code(),
        account.overdraftLimit().map(limit -> new Money(limit, account.asset()).toDecimalString()),
        asked.map(Asked::by), asked.map(Asked::reason).filter(reason -> !reason.isEmpty()));
  }
}
