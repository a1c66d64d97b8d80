package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.Optional;

/** One change that a decision asks the ledger to write. */
public sealed interface Effect {

  record Transfer(
      AccountNumber debit, AccountNumber credit, Money amount, BusinessDate businessDate, LocalDate valueDate,
      Optional<String> reference) implements Effect {}

  /** The ledger gives it the next number, and an IBAN unless it is internal. */
  record Opening(Asset asset, String owner, Product product, Optional<String> alias,
      Optional<Amount> overdraftLimit) implements Effect {}

  /** The account's status and limit from now on. */
  record Change(AccountNumber account, AccountStatus status, Optional<Amount> overdraftLimit) implements Effect {}

  record DateOpening(BusinessDate date) implements Effect {}

  record DateClosing(BusinessDate date) implements Effect {}
}
