package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Product;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Turns an effect into a log entry and applies it to the state. Decisions come from many instructions, so the laws are
 * checked here again: an effect that breaks one is an {@link IllegalStateException}, and nothing of its instruction is
 * kept.
 */
final class EffectApplier {

  private final LedgerState state;
  private final IbanScheme ibans;

  EffectApplier(LedgerState state, IbanScheme ibans) {
    this.state = state;
    this.ibans = ibans;
  }

  /** @throws IllegalStateException if a law of the ledger forbids the effect */
  LogRow apply(Effect effect, UUID id, Instant at, long fingerprint) {
    if (effect instanceof Effect.Transfer transfer) {
      return new LogRow(transfer(transfer, id, at), fingerprint, state.stateOf(transfer.debit()).floor());
    }
    long seq = state.lastSeq() + 1;
    LedgerEntry entry;
    if (effect instanceof Effect.Opening opening) {
      entry = open(opening, seq, id, at);
    } else if (effect instanceof Effect.Change change) {
      entry = change(change, seq, id, at);
    } else if (effect instanceof Effect.DateOpening opening) {
      state.openDay(new BusinessDay(opening.date(), seq, at, OptionalLong.empty()));
      entry = new BusinessDateOpened(seq, id, at, opening.date());
    } else {
      var date = ((Effect.DateClosing) effect).date();
      state.closeDay(date, seq);
      entry = new BusinessDateClosed(seq, id, at, date);
    }
    state.advance(seq, at);
    return new LogRow(entry, fingerprint, Optional.empty());
  }

  private TransferPosted transfer(Effect.Transfer transfer, UUID id, Instant at) {
    AccountState debit = state.stateOf(transfer.debit());
    AccountState credit = state.stateOf(transfer.credit());
    requireLawful(transfer, debit, credit);
    Amount amount = transfer.amount().amount();
    Amount debitBalance = debit.balance().minus(amount);
    Amount creditBalance = credit.balance().plus(amount);
    require(debit.account().allows(debitBalance), "a balance keeps its floor");
    long seq = state.lastSeq() + 1;
    state.move(debit, debitBalance, seq);
    state.move(credit, creditBalance, seq);
    state.advance(seq, at);
    return new TransferPosted(
        seq, id, at, transfer.businessDate(), transfer.valueDate(), transfer.debit(), transfer.credit(),
        transfer.amount(),
        debitBalance, creditBalance, transfer.reference());
  }

  private void requireLawful(Effect.Transfer transfer, AccountState debit, AccountState credit) {
    require(debit != credit, "a transfer has two accounts");
    require(transfer.amount().amount().isPositive(), "a transfer moves more than zero");
    require(transfer.amount().asset().equals(debit.account().asset())
        && transfer.amount().asset().equals(credit.account().asset()), "a transfer and its accounts have one asset");
    require(debit.account().status() == AccountStatus.OPEN && credit.account().status() == AccountStatus.OPEN,
        "only open accounts move");
    require(state.openDates().contains(transfer.businessDate()), "a transfer is booked into an open day");
  }

  private AccountOpened open(Effect.Opening opening, long seq, UUID id, Instant at) {
    require(opening.product() == Product.INTERNAL == opening.overdraftLimit().isEmpty(),
        "only internal accounts have no floor");
    require(state.asset(opening.asset().code()).isPresent(), "an account's asset is registered");
    var number = new AccountNumber(state.accountCount() + 1L);
    Optional<Iban> iban = opening.product() == Product.INTERNAL ? Optional.empty() : Optional.of(ibans.ibanOf(number));
    var account = new Account(
        number, id, Addresses.of(id), iban, opening.alias(), opening.asset(), opening.owner(), opening.product(),
        AccountStatus.OPEN, opening.overdraftLimit());
    state.open(account, seq);
    return new AccountOpened(seq, id, at, account);
  }

  private AccountChanged change(Effect.Change change, long seq, UUID id, Instant at) {
    AccountState account = state.stateOf(change.account());
    Account before = account.account();
    Account changed = before.changed(change.status(), change.overdraftLimit());
    require(before.status() != AccountStatus.CLOSED, "a closed account stays closed");
    require(change.status() != AccountStatus.CLOSED || account.balance().isZero(), "a closed account is empty");
    require(before.product() == Product.INTERNAL == change.overdraftLimit().isEmpty(),
        "only internal accounts have no floor");
    require(changed.allows(account.balance()), "a balance keeps its floor");
    state.change(account, changed, seq);
    return new AccountChanged(seq, id, at, changed);
  }

  private static void require(boolean kept, String law) {
    if (!kept) {
      throw new IllegalStateException("the decision breaks a law of the ledger: " + law);
    }
  }
}
