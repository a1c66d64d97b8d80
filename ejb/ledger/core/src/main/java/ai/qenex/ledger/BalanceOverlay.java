package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** A view in which some transfers have already happened: what a line of a linked group sees of the lines before it. */
final class BalanceOverlay implements LedgerView {

  private final LedgerView below;
  private final Map<AccountNumber, Amount> moved = new HashMap<>();

  BalanceOverlay(LedgerView below) {
    this.below = below;
  }

  /** @throws ArithmeticException if a balance would need more than 38 digits */
  void apply(Effect.Transfer transfer) {
    Amount amount = transfer.amount().amount();
    moved.put(transfer.debit(), booked(transfer.debit()).minus(amount));
    moved.put(transfer.credit(), booked(transfer.credit()).plus(amount));
  }

  @Override
  public Amount booked(AccountNumber number) {
    Amount amount = moved.get(number);
    return amount == null ? below.booked(number) : amount;
  }

  @Override
  public Optional<Account> account(AccountNumber number) {
    return below.account(number);
  }

  @Override
  public Optional<AccountNumber> numberOf(String alias) {
    return below.numberOf(alias);
  }

  @Override
  public Optional<Asset> asset(String code) {
    return below.asset(code);
  }

  @Override
  public BusinessDate currentDate() {
    return below.currentDate();
  }

  @Override
  public SortedSet<BusinessDate> openDates() {
    return below.openDates();
  }
}
