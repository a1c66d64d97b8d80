package ai.qenex.payments.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.payments.iso20022.StatementWriter.Totals;
import ai.qenex.payments.rules.OrderRules;
import java.util.function.Consumer;

/** Adds up an account's transfers. */
final class StatementSums implements Consumer<TransferPosted> {

  private final AccountNumber account;
  private final Asset asset;
  private long credits;
  private long debits;
  private Amount creditSum = Amount.ZERO;
  private Amount debitSum = Amount.ZERO;
  private boolean fitIso = true;

  StatementSums(AccountNumber account, Asset asset) {
    this.account = account;
    this.asset = asset;
  }

  @Override
  public void accept(TransferPosted transfer) {
    if (transfer.credit().equals(account)) {
      credits++;
      creditSum = creditSum.plus(transfer.amount().amount());
    } else {
      debits++;
      debitSum = debitSum.plus(transfer.amount().amount());
    }
    fitIso = fitIso && OrderRules.fitsIso(transfer.amount());
  }

  Totals totals() {
    return new Totals(credits, new Money(creditSum, asset), debits, new Money(debitSum, asset));
  }

  /** Whether all amounts and sums can be said in ISO 20022 without loss. */
  boolean fitIso() {
    return fitIso && OrderRules.fitsIso(totals().creditSum()) && OrderRules.fitsIso(totals().debitSum());
  }
}
