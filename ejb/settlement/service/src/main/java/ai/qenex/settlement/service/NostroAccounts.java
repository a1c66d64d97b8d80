package ai.qenex.settlement.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Product;
import ai.qenex.settlement.netting.SettlementPlan.Leg;
import ai.qenex.settlement.netting.SettlementPlan;
import ai.qenex.settlement.service.CycleStore.CycleRow;
import java.util.Optional;

/** The internal accounts that settlement moves, by their well-known aliases; one that is missing is opened. */
final class NostroAccounts {

  private final Accounts accounts;
  private final Ledger ledger;
  private final String owner;

  /** @param owner of the clearing accounts */
  NostroAccounts(Accounts accounts, Ledger ledger, String owner) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.owner = owner;
  }

  AccountNumber clearing(CycleRow cycle) {
    return findOrOpen(cycle, SettlementPlan.clearingAlias(cycle.asset().code()), owner);
  }

  AccountNumber nostro(CycleRow cycle, Leg leg) {
    return findOrOpen(cycle, SettlementPlan.nostroAlias(leg.bank(), cycle.asset().code()), leg.bank().code());
  }

  /**
   * The internal account of a well-known alias, if it was opened.
   *
   * @throws QenexException {@code CONFLICTING_STATE} if the alias names an account of another product or asset, which
   * settlement must not move
   */
  static Optional<AccountNumber> find(Accounts accounts, String alias, Asset asset) {
    Optional<AccountNumber> number = accounts.numberOf(new AccountRef.ByAlias(alias));
    number.flatMap(accounts::find).filter(account -> account.product() != Product.INTERNAL
        || !account.asset().equals(asset)).ifPresent(account -> {
          throw new QenexException(ErrorCode.CONFLICTING_STATE, "the account " + alias + " is a " + account.product()
              + " account in " + account.asset() + ", settlement needs an INTERNAL one in " + asset);
        });
    return number;
  }

  /** The instruction's id is derived from the cycle, so that a second try opens no second account. */
  private AccountNumber findOrOpen(CycleRow cycle, String alias, String accountOwner) {
    Optional<AccountNumber> known = find(accounts, alias, cycle.asset());
    if (known.isPresent()) {
      return known.get();
    }
    var opening = new OpenAccount(UuidV7.derived(cycle.id(), "open." + alias), cycle.asset().code(), accountOwner,
        Product.INTERNAL, Optional.of(alias), Optional.empty());
    Outcome outcome = ledger.submit(opening);
    if (outcome instanceof Outcome.Accepted accepted && accepted.entries().get(0) instanceof AccountOpened opened) {
      return opened.account().number();
    }
    return find(accounts, alias, cycle.asset())
        .orElseThrow(() -> new QenexException(ErrorCode.CONFLICTING_STATE,
            "the account " + alias + " cannot be opened: " + outcome));
  }
}
