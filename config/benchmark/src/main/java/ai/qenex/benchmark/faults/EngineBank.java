package ai.qenex.benchmark.faults;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The engine without a server, in this process. */
final class EngineBank implements Bank {

  private static final Asset EUR = new Asset("EUR", 2);

  private final Supplier<? extends Ledger> ledger;
  private final List<AccountNumber> accounts;
  private final Set<String> unclear = ConcurrentHashMap.newKeySet();

  /** @param ledger the engine there is now */
  EngineBank(Supplier<? extends Ledger> ledger, List<Long> accounts) {
    this.ledger = ledger;
    this.accounts = accounts.stream().map(AccountNumber::new).toList();
  }

  /** Opens accounts with that much in each. Answers their numbers. */
  static List<Long> open(Ledger ledger, int count, long cents) {
    var ids = new UuidV7(Clock.systemUTC(), new SecureRandom());
    AccountNumber vault = openAccount(ledger, ids.next(), Product.INTERNAL);
    List<Long> accounts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AccountNumber account = openAccount(ledger, ids.next(), Product.CURRENT);
      accepted(ledger, PostTransfers.of(TransferOrder.of(ids.next(), vault, account, Money.ofMinorUnits(cents, EUR))));
      accounts.add(account.value());
    }
    return accounts;
  }

  private static AccountNumber openAccount(Ledger ledger, UUID id, Product product) {
    Outcome.Accepted opened = accepted(ledger, new OpenAccount(id, "EUR", "Fault", product, Optional.empty(),
        Optional.empty()));
    return ((AccountOpened) opened.entries().get(0)).account().number();
  }

  private static Outcome.Accepted accepted(Ledger ledger, Instruction instruction) {
    if (ledger.submit(instruction) instanceof Outcome.Accepted accepted) {
      return accepted;
    }
    throw new IllegalStateException("refused: " + instruction);
  }

  @Override
  public Reply post(UUID id, Wish wish) {
    var order = new TransferOrder(id, accounts.get(wish.debit()), accounts.get(wish.credit()),
        Money.ofMinorUnits(wish.cents(), EUR), Optional.of(wish.number()), Optional.empty(), Optional.empty());
    try {
      Outcome outcome = ledger.get().submit(PostTransfers.of(order));
      if (outcome instanceof Outcome.Refused refused && refused.refusal().clause() == Clause.ID_FROM_THE_FUTURE) {
        return Reply.LATER; // never recorded: when the clocks are right again, the id is good
      }
      return outcome instanceof Outcome.Accepted ? Reply.POSTED : Reply.REFUSED;
    } catch (QenexException e) {
      return switch (e.code()) {
        case OVERLOADED, UNAVAILABLE, NOT_LEADER -> Reply.LATER;
        case INVALID_REQUEST, NOT_FOUND, CONFLICTING_STATE, INVALID_CONFIGURATION, STORAGE_FAILED, INVARIANT_BROKEN -> {
          unclear.add(e.toString());
          yield Reply.UNCLEAR;
        }
      };
    }
  }

  /** What was said that a client can do nothing with. */
  Set<String> unclear() {
    return unclear;
  }
}
