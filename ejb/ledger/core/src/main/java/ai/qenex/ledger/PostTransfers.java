package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Posts transfers as one: all or none. Each is judged after those before it, so that one may pay out what an earlier
 * one brought in.
 *
 * @param orders 1 to {@value Instruction#MAX_LINES}, with different ids
 */
public record PostTransfers(List<TransferOrder> orders) implements Instruction {

  public PostTransfers {
    orders = List.copyOf(orders);
    if (orders.isEmpty() || orders.size() > MAX_LINES) {
      throw new IllegalArgumentException("1 to " + MAX_LINES + " transfers are posted as one");
    }
    if (orders.size() > 1) {
      var seen = new HashSet<UUID>();
      for (TransferOrder order : orders) {
        if (!seen.add(order.id())) {
          throw new IllegalArgumentException("two transfers have the id " + order.id());
        }
      }
    }
  }

  public static PostTransfers of(TransferOrder order) {
    return new PostTransfers(List.of(order));
  }

  @Override
  public List<UUID> ids() {
    return orders.size() == 1 ? List.of(orders.get(0).id()) : orders.stream().map(TransferOrder::id).toList();
  }

  @Override
  public long fingerprint(int index) {
    return orders.get(index).fingerprint();
  }

  @Override
  public Decision decide(LedgerView view) {
    if (orders.size() == 1) {
      Optional<Refusal> refusal = refusalOf(orders.get(0), view);
      return refusal.isEmpty()
          ? new Decision.Accept(List.of(effectOf(orders.get(0), view)))
          : new Decision.Reject(0, refusal.get());
    }
    var overlay = new BalanceOverlay(view);
    var effects = new ArrayList<Effect>(orders.size());
    for (int line = 0; line < orders.size(); line++) {
      Optional<Refusal> refusal = refusalOf(orders.get(line), overlay);
      if (refusal.isPresent()) {
        return new Decision.Reject(line, refusal.get());
      }
      Effect.Transfer effect = effectOf(orders.get(line), view);
      overlay.apply(effect);
      effects.add(effect);
    }
    return new Decision.Accept(effects);
  }

  private static Effect.Transfer effectOf(TransferOrder order, LedgerView view) {
    BusinessDate date = order.businessDate().isEmpty() ? view.currentDate() : order.businessDate().get();
    LocalDate valueDate = order.valueDate().isEmpty() ? date.date() : order.valueDate().get();
    return new Effect.Transfer(order.debit(), order.credit(), order.amount(), date, valueDate, order.reference());
  }

  /** Empty if the order can be carried out. */
  private static Optional<Refusal> refusalOf(TransferOrder order, LedgerView view) {
    if (order.debit().equals(order.credit())) {
      return no(Clause.SAME_ACCOUNT, Map.of());
    }
    Optional<Account> debit = view.account(order.debit());
    Optional<Account> credit = view.account(order.credit());
    if (debit.isEmpty() || credit.isEmpty()) {
      AccountNumber missing = debit.isEmpty() ? order.debit() : order.credit();
      return no(Clause.ACCOUNT_NOT_FOUND, Map.of("account", missing.toString()));
    }
    Optional<Refusal> ofAccounts = refusalOfAccounts(order, debit.get(), credit.get());
    if (ofAccounts.isPresent()) {
      return ofAccounts;
    }
    if (order.businessDate().isPresent() && !view.openDates().contains(order.businessDate().get())) {
      return no(Clause.BUSINESS_DATE_NOT_OPEN, dateFigures(order.businessDate().get(), view.openDates()));
    }
    return refusalOfBalances(order, debit.get(), view);
  }

  private static Optional<Refusal> refusalOfAccounts(TransferOrder order, Account debit, Account credit) {
    if (!debit.asset().equals(order.amount().asset()) || !credit.asset().equals(order.amount().asset())) {
      return no(Clause.ASSET_MISMATCH,
          figures("asset", order.amount().asset(), "debitAsset", debit.asset(), "creditAsset", credit.asset()));
    }
    Optional<Refusal> ofDebit = refusalOfStatus(debit);
    return ofDebit.isPresent() ? ofDebit : refusalOfStatus(credit);
  }

  private static Optional<Refusal> refusalOfStatus(Account account) {
    return switch (account.status()) {
      case OPEN -> Optional.empty();
      case FROZEN -> no(Clause.ACCOUNT_FROZEN, Map.of("account", account.number().toString()));
      case CLOSED -> no(Clause.ACCOUNT_CLOSED, Map.of("account", account.number().toString()));
    };
  }

  private static Optional<Refusal> refusalOfBalances(TransferOrder order, Account debit, LedgerView view) {
    Amount amount = order.amount().amount();
    Amount booked = view.booked(order.debit());
    try {
      view.booked(order.credit()).plus(amount);
      if (debit.allows(booked.minus(amount))) {
        return Optional.empty();
      }
    } catch (ArithmeticException moreThan38Digits) {
      return no(Clause.BALANCE_OUT_OF_RANGE, Map.of());
    }
    Money balance = new Money(booked, debit.asset());
    return no(Clause.EXCEEDS_AVAILABLE_BALANCE, figures(
        "booked", balance.toDecimalString(),
        "held", new Money(Amount.ZERO, debit.asset()).toDecimalString(),
        "overdraftLimit", new Money(debit.overdraftLimit().orElse(Amount.ZERO), debit.asset()).toDecimalString(),
        "available", new Money(debit.available(booked), debit.asset()).toDecimalString(),
        "requested", order.amount().toDecimalString()));
  }

  static Map<String, String> dateFigures(BusinessDate date, SortedSet<BusinessDate> openDates) {
    return figures("businessDate", date,
        "openDates", openDates.stream().map(BusinessDate::toString).collect(Collectors.joining(" ")));
  }

  private static Map<String, String> figures(Object... namesAndValues) {
    var figures = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      figures.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
    return figures;
  }

  private static Optional<Refusal> no(Clause clause, Map<String, String> figures) {
    return Optional.of(new Refusal(clause, figures));
  }
}
