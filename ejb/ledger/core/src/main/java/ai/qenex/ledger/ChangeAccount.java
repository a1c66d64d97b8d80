package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Moves an account on in its life, or changes its overdraft limit.
 *
 * @param asked who asked for it and why; empty: the bank's own work
 */
public record ChangeAccount(UUID id, AccountNumber account, Change change,
    Optional<Asked> asked) implements Instruction {

  /** A change that nobody in particular asked for. */
  public ChangeAccount(UUID id, AccountNumber account, Change change) {
    this(id, account, change, Optional.empty());
  }

  /** What to change. */
  public sealed interface Change {}

  /** What a freeze stops. */
  public enum Side {
    DEBITS, CREDITS, BOTH;

    /** The lower-case name that the API speaks. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    private AccountStatus status() {
      return switch (this) {
        case DEBITS -> AccountStatus.DEBITS_FROZEN;
        case CREDITS -> AccountStatus.CREDITS_FROZEN;
        case BOTH -> AccountStatus.FROZEN;
      };
    }
  }

  /**
   * Of an account that is not closed. It comes on top of a freeze there is: debits and then credits freeze both.
   * Refused if that side is frozen already.
   */
  public record Freeze(Side side) implements Change {

    /** Both sides. */
    public Freeze() {
      this(Side.BOTH);
    }
  }

  /**
   * From frozen, whichever side, to open. What was dormant before the freeze is open then: an operator looked at it.
   */
  public record Unfreeze() implements Change {}

  /** From open to dormant: no debits until it is reactivated. Its open holds stay, and may be released or expire. */
  public record Rest() implements Change {}

  /** From dormant to open. */
  public record Reactivate() implements Change {}

  /** From open or dormant to closed, at a balance of zero and without open holds. */
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

  /** Who asked does not count: a colleague may ask the same again. */
  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("change-account").add(account.value());
    if (change instanceof SetOverdraftLimit set) {
      print.add("limit").add(set.limit());
    } else if (change instanceof Freeze freeze) {
      print.add("freeze");
      if (freeze.side() != Side.BOTH) {
        print.add(freeze.side().code());
      }
    } else if (change instanceof Unfreeze) {
      print.add("unfreeze");
    } else if (change instanceof Rest) {
      print.add("rest");
    } else {
      print.add(change instanceof Reactivate ? "reactivate" : "close");
    }
    if (asked.isPresent() && !asked.get().reason().isEmpty()) {
      print.add("reason").add(asked.get().reason());
    }
    return print.hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<Account> known = view.account(account);
    if (known.isEmpty()) {
      return no(Clause.ACCOUNT_NOT_FOUND, Map.of("account", account.toString()));
    }
    Account now = known.get();
    if (change instanceof SetOverdraftLimit set) {
      return decideLimit(now, view, set.limit());
    }
    if (change instanceof Close) {
      return decideClosing(now, view);
    }
    return next(now.status()).map(status -> to(now, status)).orElseGet(() -> forbidden(now));
  }

  /** Empty if the change does not go with the status. */
  private Optional<AccountStatus> next(AccountStatus status) {
    AccountStatus next = status;
    if (change instanceof Freeze freeze) {
      next = switch (status) {
        case OPEN, DORMANT -> freeze.side().status();
        case DEBITS_FROZEN -> freeze.side() == Side.DEBITS ? status : AccountStatus.FROZEN;
        case CREDITS_FROZEN -> freeze.side() == Side.CREDITS ? status : AccountStatus.FROZEN;
        case FROZEN, CLOSED -> status;
      };
    } else if (change instanceof Unfreeze) {
      next = status.isFrozen() ? AccountStatus.OPEN : status;
    } else if (change instanceof Rest) {
      next = status == AccountStatus.OPEN ? AccountStatus.DORMANT : status;
    } else if (change instanceof Reactivate) {
      next = status == AccountStatus.DORMANT ? AccountStatus.OPEN : status;
    }
    return next == status ? Optional.empty() : Optional.of(next);
  }

  private Decision decideClosing(Account now, LedgerView view) {
    if (now.status() != AccountStatus.OPEN && now.status() != AccountStatus.DORMANT) {
      return forbidden(now);
    }
    Amount booked = view.booked(account);
    if (!booked.isZero()) {
      return no(Clause.ACCOUNT_NOT_EMPTY, Map.of("booked", TransferRules.decimal(booked, now)));
    }
    Amount held = view.held(account);
    return held.isZero()
        ? to(now, AccountStatus.CLOSED)
        : no(Clause.ACCOUNT_HAS_HOLDS, Map.of("held", TransferRules.decimal(held, now)));
  }

  private Decision decideLimit(Account now, LedgerView view, Amount limit) {
    if (now.status() == AccountStatus.CLOSED) {
      return forbidden(now);
    }
    if (now.product() == Product.INTERNAL) {
      return no(Clause.LIMIT_NOT_APPLICABLE, Map.of());
    }
    Amount booked = view.booked(account);
    Amount held = view.held(account);
    if (!now.changed(now.status(), Optional.of(limit)).allows(booked, held)) {
      return no(Clause.BALANCE_BELOW_NEW_LIMIT, TransferRules.figures(
          "booked", TransferRules.decimal(booked, now),
          "held", TransferRules.decimal(held, now),
          "overdraftLimit", TransferRules.decimal(limit, now)));
    }
    return accept(new Effect.Change(now.number(), now.status(), Optional.of(limit), asked));
  }

  private Decision to(Account now, AccountStatus status) {
    return accept(new Effect.Change(now.number(), status, now.overdraftLimit(), asked));
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
}
