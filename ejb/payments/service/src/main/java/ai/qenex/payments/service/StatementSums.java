package ai.qenex.payments.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.payments.iso20022.StatementWriter.Totals;
import ai.qenex.payments.rules.OrderRules;
import java.math.BigInteger;
import java.util.function.Consumer;

/** Adds up an account's transfers. A day's turnover may have more digits than an amount has, and is summed beyond. */
final class StatementSums implements Consumer<TransferPosted> {

  private static final BigInteger ISO_LIMIT = BigInteger.TEN.pow(OrderRules.ISO_MAX_DIGITS);

  private final AccountNumber account;
  private final Asset asset;
  private long credits;
  private long debits;
  private BigInteger creditSum = BigInteger.ZERO;
  private BigInteger debitSum = BigInteger.ZERO;
  private boolean fitIso = true;

  StatementSums(AccountNumber account, Asset asset) {
    this.account = account;
    this.asset = asset;
  }

  @Override
  public void accept(TransferPosted transfer) {
    if (transfer.credit().equals(account)) {
      credits++;
      creditSum = creditSum.add(transfer.amount().amount().toBigInteger());
    } else {
      debits++;
      debitSum = debitSum.add(transfer.amount().amount().toBigInteger());
    }
    fitIso = fitIso && OrderRules.fitsIso(transfer.amount());
  }

  /** For the document. @throws ArithmeticException if they do not {@link #fitIso} */
  Totals totals() {
    return new Totals(credits, new Money(Amount.of(creditSum), asset), debits, new Money(Amount.of(debitSum), asset));
  }

  long count() {
    return credits + debits;
  }

  /** What the account holds after these transfers if it held the opening balance before them. */
  Money closing(Money opening) {
    return new Money(Amount.of(opening.amount().toBigInteger().add(creditSum).subtract(debitSum)), asset);
  }

  /** Whether all amounts and sums can be said in ISO 20022 without loss. */
  boolean fitIso() {
    return fitIso && OrderRules.fitsIso(asset) && creditSum.compareTo(ISO_LIMIT) < 0
        && debitSum.compareTo(ISO_LIMIT) < 0;
  }
}
