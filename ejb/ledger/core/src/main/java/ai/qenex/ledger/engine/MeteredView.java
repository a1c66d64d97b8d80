package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/** The view that a decision gets: it counts what is read and answers no longer than the decision is taken. */
final class MeteredView implements LedgerView {

  private static final int FEW = 8;

  private final LedgerView ledger;
  private final int budget;
  private final Collection<UUID> refersTo;
  private int reads;
  private boolean closed;

  /** @param refersTo the ids of the past that may be asked for */
  MeteredView(LedgerView ledger, int budget, List<UUID> refersTo) {
    this.refersTo = refersTo.size() > FEW ? new HashSet<>(refersTo) : refersTo;
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

  /** The past is looked up before the decision, and only where the instruction says. */
  private LedgerView readPast(UUID id) {
    if (!refersTo.contains(id)) {
      throw new IllegalStateException("the instruction does not say that it refers to " + id);
    }
    return read();
  }

  @Override
  public Amount held(AccountNumber number) {
    return read().held(number);
  }

  @Override
  public Optional<Hold> hold(UUID id) {
    return readPast(id).hold(id);
  }

  @Override
  public Optional<LedgerEntry> entry(UUID id) {
    return readPast(id).entry(id);
  }

  @Override
  public Optional<UUID> reversalOf(UUID transfer) {
    return readPast(transfer).reversalOf(transfer);
  }

  @Override
  public Instant now() {
    return read().now();
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
  public int assetCount() {
    return read().assetCount();
  }

  @Override
  public BusinessDate currentDate() {
    return read().currentDate();
  }

  @Override
  public Optional<LocalDate> closedThrough() {
    return read().closedThrough();
  }

  @Override
  public SortedSet<BusinessDate> openDates() {
    return read().openDates();
  }
}
