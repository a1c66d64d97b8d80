package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** What every transfer is judged by, whoever wants it: plain, capture or reversal. */
final class TransferRules {

  private TransferRules() {}

  /** Empty if the order can be carried out. */
  static Optional<Refusal> refusalOf(TransferOrder order, LedgerView view) {
    return refusalOf(order, Amount.ZERO, view);
  }

  /**
   * Empty if the order can be carried out.
   *
   * @param freed so much of what is held of the debit account is no longer, in minor units, because the transfer takes
   * it
   */
  static Optional<Refusal> refusalOf(TransferOrder order, Amount freed, LedgerView view) {
    boolean ofCurrentDate = order.businessDate().isEmpty() && order.valueDate().isEmpty();
    if (ofCurrentDate && view.certainlyAllows(order.debit(), order.credit(), order.amount())) {
      return Optional.empty();
    }
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
    Optional<Refusal> ofPeriod = refusalOfPeriod(order, view);
    return ofPeriod.isPresent() ? ofPeriod : refusalOfBalances(order, debit.get(), freed, view);
  }

  /** Open business dates lie behind every closed period, so that only a value date can be in one. */
  private static Optional<Refusal> refusalOfPeriod(TransferOrder order, LedgerView view) {
    if (order.valueDate().isEmpty()) {
      return Optional.empty();
    }
    Optional<LocalDate> closed = view.closedThrough();
    if (closed.isEmpty() || order.valueDate().get().isAfter(closed.get())) {
      return Optional.empty();
    }
    BusinessDate date = order.businessDate().isEmpty() ? view.currentDate() : order.businessDate().get();
    return no(Clause.PERIOD_CLOSED,
        figures("businessDate", date, "valueDate", order.valueDate().get(), "closedThrough", closed.get()));
  }

  static Effect.Transfer effectOf(TransferOrder order, LedgerView view, Optional<Link> link) {
    BusinessDate date = order.businessDate().isEmpty() ? view.currentDate() : order.businessDate().get();
    LocalDate valueDate = order.valueDate().isEmpty() ? date.date() : order.valueDate().get();
    return new Effect.Transfer(order.debit(), order.credit(), order.amount(), date, valueDate, order.reference(), link);
  }

  private static Optional<Refusal> refusalOfAccounts(TransferOrder order, Account debit, Account credit) {
    if (!debit.asset().equals(order.amount().asset()) || !credit.asset().equals(order.amount().asset())) {
      return no(Clause.ASSET_MISMATCH,
          figures("asset", order.amount().asset(), "debitAsset", debit.asset(), "creditAsset", credit.asset()));
    }
    if (!debit.status().takesDebits()) {
      return Optional.of(refusalOfStatus(debit));
    }
    return credit.status().takesCredits() ? Optional.empty() : Optional.of(refusalOfStatus(credit));
  }

  /** Why an account that does not take a debit or a credit does not. */
  static Refusal refusalOfStatus(Account account) {
    Clause clause = switch (account.status()) {
      case OPEN, FROZEN, DEBITS_FROZEN, CREDITS_FROZEN -> Clause.ACCOUNT_FROZEN;
      case DORMANT -> Clause.ACCOUNT_DORMANT;
      case CLOSED -> Clause.ACCOUNT_CLOSED;
    };
    return new Refusal(clause, Map.of("account", account.number().toString()));
  }

  private static Optional<Refusal> refusalOfBalances(TransferOrder order, Account debit, Amount freed,
      LedgerView view) {
    Amount amount = order.amount().amount();
    Amount booked = view.booked(order.debit());
    Amount held = view.held(order.debit());
    try {
      view.booked(order.credit()).plus(amount);
      if (debit.allows(booked.minus(amount), freed.isZero() ? held : held.minus(freed))) {
        return Optional.empty();
      }
    } catch (ArithmeticException moreThan38Digits) {
      return no(Clause.BALANCE_OUT_OF_RANGE, Map.of());
    }
    return Optional.of(exceeds(debit, booked, held, order.amount()));
  }

  /** The figures are as the account's reader sees them. */
  static Refusal exceeds(Account account, Amount booked, Amount held, Money requested) {
    return new Refusal(Clause.EXCEEDS_AVAILABLE_BALANCE, figures(
        "booked", decimal(booked, account),
        "held", decimal(held, account),
        "overdraftLimit", decimal(account.overdraftLimit().orElse(Amount.ZERO), account),
        "available", decimal(account.available(booked, held), account),
        "requested", requested.toDecimalString()));
  }

  static Map<String, String> dateFigures(BusinessDate date, SortedSet<BusinessDate> openDates) {
    return figures("businessDate", date,
        "openDates", openDates.stream().map(BusinessDate::toString).collect(Collectors.joining(" ")));
  }

  static Map<String, String> figures(Object... namesAndValues) {
    var figures = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      figures.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
    return figures;
  }

  static String decimal(Amount amount, Account account) {
    return new Money(amount, account.asset()).toDecimalString();
  }

  private static Optional<Refusal> no(Clause clause, Map<String, String> figures) {
    return Optional.of(new Refusal(clause, figures));
  }
}
