package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** One change that a decision asks the ledger to write. */
public sealed interface Effect {

  record Transfer(
      AccountNumber debit, AccountNumber credit, Money amount, BusinessDate businessDate, LocalDate valueDate,
      Optional<String> reference, Optional<Link> link) implements Effect {

    /** A transfer that has to do with no earlier entry. */
    public Transfer(AccountNumber debit, AccountNumber credit, Money amount, BusinessDate businessDate,
        LocalDate valueDate, Optional<String> reference) {
      this(debit, credit, amount, businessDate, valueDate, reference, Optional.empty());
    }
  }

  /** Reserves an amount of the account; the hold gets the id of its line. */
  record HoldPlacement(
      AccountNumber account, Money amount, Optional<AccountNumber> beneficiary, Instant expiresAt,
      Optional<String> reference) implements Effect {}

  /**
   * Gives back all that a hold still reserves.
   *
   * @param end {@code RELEASED} or {@code EXPIRED}
   */
  record HoldEnding(UUID hold, HoldStatus end) implements Effect {}

  /** The ledger gives it the next number, and an IBAN unless it is internal. */
  record Opening(Asset asset, String owner, Product product, Optional<String> alias,
      Optional<Amount> overdraftLimit, Optional<Asked> asked) implements Effect {}

  /** The account's status and limit from now on. */
  record Change(AccountNumber account, AccountStatus status, Optional<Amount> overdraftLimit,
      Optional<Asked> asked) implements Effect {}

  /** The ledger gives it the next number. */
  record AssetRegistration(Asset asset) implements Effect {}

  record DateOpening(BusinessDate date) implements Effect {}

  record DateClosing(BusinessDate date) implements Effect {}

  /** The books are closed up to and including the date. */
  record PeriodClosing(LocalDate through) implements Effect {}
}
