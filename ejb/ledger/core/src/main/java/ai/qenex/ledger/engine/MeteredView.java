package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerView;
import java.util.Optional;
import java.util.SortedSet;

/** The view that a decision gets: it counts what is read and answers no longer than the decision is taken. */
final class MeteredView implements LedgerView {

  private final LedgerView ledger;
  private final int budget;
  private int reads;
  private boolean closed;

  MeteredView(LedgerView ledger, int budget) {
    this.ledger = ledger;
    this.budget = budget;
  }

  /** Whether more was read than the budget allows, whatever became of the exception that told so. */
  boolean isOverdrawn() {
    return reads > budget;
  }

  /** From now on it answers nothing more. */
  void close() {
    closed = true;
  }

  private LedgerView read() {
    if (closed) {
      throw new IllegalStateException("a view is read only while the decision is taken");
    }
    if (++reads > budget) {
      throw Deliberation.exceeded("view reads: more than " + budget);
    }
    return ledger;
  }

  @Override
  public Optional<Account> account(AccountNumber number) {
    return read().account(number);
  }

  @Override
  public Amount booked(AccountNumber number) {
    return read().booked(number);
  }

  @Override
  public Optional<AccountNumber> numberOf(String alias) {
    return read().numberOf(alias);
  }

  @Override
  public Optional<Asset> asset(String code) {
    return read().asset(code);
  }

  @Override
  public BusinessDate currentDate() {
    return read().currentDate();
  }

  @Override
  public SortedSet<BusinessDate> openDates() {
    return read().openDates();
  }
}
