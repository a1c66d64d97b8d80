package ai.qenex.settlement.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.settlement.netting.Netting;
import ai.qenex.settlement.netting.SettlementPlan;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the ledger says about a day's clearing. What went out to other banks was credited to the clearing account and
 * what came in was debited, so its movement of the day is minus the bank's own net position (invariant
 * {@code SETTLEMENT-3}).
 */
final class ClearingMovement {

  private final Accounts accounts;
  private final LedgerHistory history;
  private final Bic bank;

  ClearingMovement(Accounts accounts, LedgerHistory history, Bic bank) {
    this.accounts = accounts;
    this.history = history;
    this.bank = bank;
  }

  /**
   * @param netting of the asset's obligations; empty if there are none
   * @throws QenexException {@code INVARIANT_BROKEN} if the clearing account tells another story,
   * {@code CONFLICTING_STATE} if its alias names an account that is not internal or of another asset
   */
  void requireAgreement(BusinessDate date, Asset asset, Optional<Netting> netting) {
    Amount expected = netting.map(positions -> positions.netOf(bank).negated()).orElse(Amount.ZERO);
    Amount moved = movement(date, asset);
    if (!moved.equals(expected)) {
      throw new QenexException(ErrorCode.INVARIANT_BROKEN, SettlementPlan.clearingAlias(asset.code()) + " moved by "
          + new Money(moved, asset) + " on " + date + ", but the obligations of the day say "
          + new Money(expected, asset));
    }
  }

  private Amount movement(BusinessDate date, Asset asset) {
    Optional<AccountNumber> clearing =
        NostroAccounts.find(accounts, SettlementPlan.clearingAlias(asset.code()), asset);
    if (clearing.isEmpty()) {
      return Amount.ZERO;
    }
    var sum = new Sum(clearing.get());
    history.transfersOn(date, clearing.get(), sum);
    return sum.amount;
  }

  private static final class Sum implements Consumer<TransferPosted> {

    private final AccountNumber account;
    private Amount amount = Amount.ZERO;

    Sum(AccountNumber account) {
      this.account = account;
    }

    @Override
    public void accept(TransferPosted transfer) {
      Amount moved = transfer.amount().amount();
      amount = transfer.credit().equals(account) ? amount.plus(moved) : amount.minus(moved);
    }
  }
}
