package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/** A view in which some moves have already happened: what a line of a linked group sees of the lines before it. */
final class BalanceOverlay implements LedgerView {

  private final LedgerView below;
  private final Map<AccountNumber, Amount> moved = new HashMap<>();
  private final Map<AccountNumber, Amount> held = new HashMap<>();
  private final Map<UUID, Hold> holds = new HashMap<>();
  private final Map<UUID, UUID> reversals = new HashMap<>();

  BalanceOverlay(LedgerView below) {
    this.below = below;
  }

  /**
   * @param id of the line
   * @throws ArithmeticException if a balance would need more than 38 digits
   * @throws IllegalArgumentException if the effect is not one of a linked group
   */
  void apply(UUID id, Effect effect) {
    if (effect instanceof Effect.Transfer transfer) {
      apply(id, transfer);
    } else if (effect instanceof Effect.HoldPlacement placement) {
      held.put(placement.account(), held(placement.account()).plus(placement.amount().amount()));
      holds.put(id, Hold.placed(id, placement));
    } else if (effect instanceof Effect.HoldEnding ending) {
      Hold open = hold(ending.hold()).orElseThrow();
      become(open, open.ended(ending.end()));
    } else {
      throw new IllegalArgumentException("a linked group moves or reserves money: " + effect);
    }
  }

  private void apply(UUID id, Effect.Transfer transfer) {
    Amount amount = transfer.amount().amount();
    moved.put(transfer.debit(), booked(transfer.debit()).minus(amount));
    moved.put(transfer.credit(), booked(transfer.credit()).plus(amount));
    if (transfer.link().isPresent()) {
      Link link = transfer.link().get();
      if (link instanceof Link.Captures captures) {
        Hold open = hold(captures.hold()).orElseThrow();
        become(open, open.capturedBy(amount, captures.heldAfter()));
      } else {
        reversals.put(((Link.Reverses) link).transfer(), id);
      }
    }
  }

  private void become(Hold before, Hold after) {
    held.put(before.account(), held(before.account()).minus(before.held().minus(after.held())));
    holds.put(after.id(), after);
  }

  @Override
  public Amount booked(AccountNumber number) {
    Amount amount = moved.get(number);
    return amount == null ? below.booked(number) : amount;
  }

  @Override
  public Amount held(AccountNumber number) {
    Amount amount = held.isEmpty() ? null : held.get(number);
    return amount == null ? below.held(number) : amount;
  }

  @Override
  public Optional<Hold> hold(UUID id) {
    Hold changed = holds.get(id);
    return changed == null ? below.hold(id) : Optional.of(changed);
  }

  @Override
  public Optional<UUID> reversalOf(UUID transfer) {
    UUID reversal = reversals.get(transfer);
    return reversal == null ? below.reversalOf(transfer) : Optional.of(reversal);
  }

  @Override
  public Optional<LedgerEntry> entry(UUID id) {
    return below.entry(id);
  }

  @Override
  public Instant now() {
    return below.now();
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
  public int assetCount() {
    return below.assetCount();
  }

  @Override
  public BusinessDate currentDate() {
    return below.currentDate();
  }

  @Override
  public Optional<LocalDate> closedThrough() {
    return below.closedThrough();
  }

  @Override
  public SortedSet<BusinessDate> openDates() {
    return below.openDates();
  }

  @Override
  public boolean certainlyAllows(AccountNumber debit, AccountNumber credit, Money amount) {
    boolean asBelow = !moved.containsKey(debit) && !moved.containsKey(credit) && !held.containsKey(debit);
    return asBelow && below.certainlyAllows(debit, credit, amount);
  }
}
