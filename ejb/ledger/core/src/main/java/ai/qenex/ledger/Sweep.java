package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Moves what is too much on one account to another, or what another lacks: the amount is reckoned when it is decided,
 * so that nothing can come between.
 *
 * <p>
 * Refusals: {@link Clause#NOTHING_TO_MOVE} if there is nothing too much or nothing lacking, and those of a transfer.
 *
 * @param id idempotency id, and that of the transfer
 * @param reference see {@link TransferOrder}
 * @param valueDate empty: the business date
 */
public record Sweep(UUID id, AccountNumber from, AccountNumber to, Aim aim, Optional<String> reference,
    Optional<LocalDate> valueDate) implements Instruction {

  /** How much to move. */
  public sealed interface Aim {}

  /**
   * What {@code from} has above the target, holds left aside; overdraft limits do not count.
   *
   * @param target in minor units; zero sweeps all
   */
  public record DownTo(Amount target) implements Aim {}

  /**
   * What brings {@code to} up to the target.
   *
   * @param target in minor units
   */
  public record UpTo(Amount target) implements Aim {}

  /** Moves all that is available without overdraft. */
  public static final Aim ALL = new DownTo(Amount.ZERO);

  public Sweep {
    reference.ifPresent(text -> Texts.requireStorable(text, TransferOrder.MAX_REFERENCE, "a reference"));
    valueDate.ifPresent(date -> TransferOrder.requireStorable(Optional.empty(), date));
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("sweep").add(from.value()).add(to.value());
    if (aim instanceof DownTo downTo) {
      print.add("down").add(downTo.target());
    } else {
      print.add("up").add(((UpTo) aim).target());
    }
    reference.ifPresent(print.add("reference")::add);
    valueDate.ifPresent(date -> print.add("value").add(date.toEpochDay()));
    return print.hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<Account> source = view.account(from);
    Optional<Account> target = view.account(to);
    if (source.isEmpty() || target.isEmpty()) {
      return no(Clause.ACCOUNT_NOT_FOUND, "account", (source.isEmpty() ? from : to).toString());
    }
    if (!source.get().asset().equals(target.get().asset())) {
      return no(Clause.ASSET_MISMATCH, "debitAsset", source.get().asset().code(), "creditAsset",
          target.get().asset().code());
    }
    BigInteger amount = aim instanceof DownTo downTo
        ? AllocationFlow.free(view, source.get()).subtract(downTo.target().toBigInteger())
        : ((UpTo) aim).target().toBigInteger().subtract(view.booked(to).toBigInteger());
    if (amount.signum() <= 0) {
      return no(Clause.NOTHING_TO_MOVE, "from", booked(view, source.get()), "to", booked(view, target.get()));
    }
    if (amount.compareTo(AllocationFlow.LARGEST) > 0) {
      return no(Clause.BALANCE_OUT_OF_RANGE);
    }
    var money = new Money(Amount.of(amount), source.get().asset());
    return PostTransfers.of(new TransferOrder(id, from, to, money, reference, valueDate, Optional.empty()))
        .decide(view);
  }

  private static String booked(LedgerView view, Account account) {
    return new Money(view.booked(account.number()), account.asset()).toDecimalString();
  }

  private static Decision no(Clause clause, String... namesAndValues) {
    var figures = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      figures.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Decision.Reject(0, new Refusal(clause, figures));
  }
}
