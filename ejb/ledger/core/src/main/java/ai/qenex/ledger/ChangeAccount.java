package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Moves an account on in its life, or changes its overdraft limit. */
public record ChangeAccount(UUID id, AccountNumber account, Change change) implements Instruction {

  /** What to change. */
  public sealed interface Change {}

  /** From open to frozen. */
  public record Freeze() implements Change {}

  /** From frozen to open. */
  public record Unfreeze() implements Change {}

  /** From open to closed, at a balance of zero. */
  public record Close() implements Change {}

  /**
   * Of an account that is not closed.
   *
   * @param limit in minor units, zero or more
   */
  public record SetOverdraftLimit(Amount limit) implements Change {

    public SetOverdraftLimit {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("an overdraft limit is zero or more");
      }
    }
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("change-account").add(account.value());
    if (change instanceof SetOverdraftLimit set) {
      return print.add("limit").add(set.limit()).hash();
    }
    return print.add(change instanceof Freeze ? "freeze" : change instanceof Unfreeze ? "unfreeze" : "close").hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<Account> known = view.account(account);
    if (known.isEmpty()) {
      return no(Clause.ACCOUNT_NOT_FOUND, Map.of("account", account.toString()));
    }
    Account now = known.get();
    if (change instanceof SetOverdraftLimit set) {
      return decideLimit(now, view.booked(account), set.limit());
    }
    if (change instanceof Unfreeze) {
      return now.status() == AccountStatus.FROZEN ? to(now, AccountStatus.OPEN) : forbidden(now);
    }
    if (now.status() != AccountStatus.OPEN) {
      return forbidden(now);
    }
    if (change instanceof Freeze) {
      return to(now, AccountStatus.FROZEN);
    }
    Amount booked = view.booked(account);
    return booked.isZero()
        ? to(now, AccountStatus.CLOSED)
        : no(Clause.ACCOUNT_NOT_EMPTY, Map.of("booked", decimal(booked, now)));
  }

  private static Decision decideLimit(Account now, Amount booked, Amount limit) {
    if (now.status() == AccountStatus.CLOSED) {
      return forbidden(now);
    }
    if (now.product() == Product.INTERNAL) {
      return no(Clause.LIMIT_NOT_APPLICABLE, Map.of());
    }
    if (!now.changed(now.status(), Optional.of(limit)).allows(booked)) {
      var figures = new LinkedHashMap<String, String>();
      figures.put("booked", decimal(booked, now));
      figures.put("overdraftLimit", decimal(limit, now));
      return no(Clause.BALANCE_BELOW_NEW_LIMIT, figures);
    }
    return accept(new Effect.Change(now.number(), now.status(), Optional.of(limit)));
  }

  private static Decision to(Account now, AccountStatus status) {
    return accept(new Effect.Change(now.number(), status, now.overdraftLimit()));
  }

  private static Decision forbidden(Account now) {
    return no(Clause.ACCOUNT_STATE_FORBIDS, Map.of("status", now.status().code()));
  }

  private static Decision accept(Effect effect) {
    return new Decision.Accept(List.of(effect));
  }

  private static Decision no(Clause clause, Map<String, String> figures) {
    return new Decision.Reject(0, new Refusal(clause, figures));
  }

  private static String decimal(Amount amount, Account account) {
    return new Money(amount, account.asset()).toDecimalString();
  }
}
