package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Iban;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.HoldStatus;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.RegisterAsset;
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
    } else if (effect instanceof Effect.HoldPlacement || effect instanceof Effect.HoldEnding) {
      return hold(effect, id, at, fingerprint);
    } else if (effect instanceof Effect.AssetRegistration registration) {
      require(state.assetCount() < RegisterAsset.MAX_ASSETS, "assets have small numbers");
      state.register(registration.asset());
      entry = new AssetRegistered(seq, id, at, registration.asset(), state.assetCount());
    } else if (effect instanceof Effect.DateOpening opening) {
      state.openDay(new BusinessDay(opening.date(), seq, at, OptionalLong.empty()));
      entry = new BusinessDateOpened(seq, id, at, opening.date());
    } else if (effect instanceof Effect.PeriodClosing closing) {
      state.closePeriod(new ClosedPeriod(closing.through(), seq, at));
      entry = new PeriodClosed(seq, id, at, closing.through());
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
    long seq = state.lastSeq() + 1;
    if (transfer.link().isPresent()) {
      settle(transfer, transfer.link().get(), seq);
    }
    require(debit.allows(debitBalance), "a balance keeps its floor");
    state.move(debit, debitBalance, seq);
    state.move(credit, creditBalance, seq);
    state.advance(seq, at);
    return new TransferPosted(
        seq, id, at, transfer.businessDate(), transfer.valueDate(), transfer.debit(), transfer.credit(),
        transfer.amount(),
        debitBalance, creditBalance, transfer.reference(), transfer.link());
  }

  /** What a linked transfer does to what it is linked to. */
  private void settle(Effect.Transfer transfer, Link link, long seq) {
    if (link instanceof Link.Captures captures) {
      Hold hold = state.openHold(captures.hold());
      Amount amount = transfer.amount().amount();
      require(hold.account().equals(transfer.debit()), "a capture debits the account of its hold");
      require(hold.beneficiary().map(transfer.credit()::equals).orElse(true), "a capture pays its hold's beneficiary");
      require(at().isBefore(hold.expiresAt()), "a hold is captured in its time");
      require(amount.compareTo(hold.held()) <= 0, "a capture takes no more than its hold reserves");
      require(captures.heldAfter().isZero() || captures.heldAfter().equals(hold.held().minus(amount)),
          "a capture frees what it takes or all of its hold");
      state.become(hold.capturedBy(amount, captures.heldAfter()), seq);
    } else {
      UUID reversed = ((Link.Reverses) link).transfer();
      require(state.entry(reversed).orElse(null) instanceof TransferPosted original
          && !(original.link().orElse(null) instanceof Link.Reverses)
          && original.debit().equals(transfer.credit()) && original.credit().equals(transfer.debit())
          && original.amount().equals(transfer.amount()), "a reversal undoes a transfer that was posted");
      require(state.reversalOf(reversed).isEmpty(), "a transfer is undone once");
    }
  }

  private Instant at() {
    return state.now();
  }

  private LogRow hold(Effect effect, UUID id, Instant at, long fingerprint) {
    long seq = state.lastSeq() + 1;
    LogRow row;
    if (effect instanceof Effect.HoldPlacement placement) {
      row = new LogRow(place(placement, seq, id, at), fingerprint, state.stateOf(placement.account()).floor());
    } else {
      var ending = (Effect.HoldEnding) effect;
      Hold hold = state.openHold(ending.hold());
      var amount = new Money(hold.held(), hold.placed().asset());
      boolean expires = ending.end() == HoldStatus.EXPIRED;
      require(expires || ending.end() == HoldStatus.RELEASED, "a hold is given back by release or expiry");
      require(!expires || !at.isBefore(hold.expiresAt()), "a hold expires in its time");
      state.become(hold.ended(ending.end()), seq);
      row = new LogRow(expires
          ? new HoldExpired(seq, id, at, hold.id(), hold.account(), amount)
          : new HoldReleased(seq, id, at, hold.id(), hold.account(), amount), fingerprint, Optional.empty());
    }
    state.advance(seq, at);
    return row;
  }

  private HoldPlaced place(Effect.HoldPlacement placement, long seq, UUID id, Instant at) {
    AccountState account = state.stateOf(placement.account());
    Money amount = placement.amount();
    require(amount.amount().isPositive(), "a hold reserves more than zero");
    require(amount.asset().equals(account.account().asset()), "a hold and its account have one asset");
    require(account.account().status().takesDebits(), "only accounts that take debits are held on");
    require(placement.expiresAt().isAfter(at), "a hold has a time");
    if (placement.beneficiary().isPresent()) {
      AccountState beneficiary = state.stateOf(placement.beneficiary().get());
      require(beneficiary != account && beneficiary.account().asset().equals(amount.asset()),
          "a hold is for another account of its asset");
    }
    Hold hold = Hold.placed(id, placement);
    state.place(hold, seq);
    require(account.account().allows(account.balance(), account.held()), "a balance keeps its floor");
    return new HoldPlaced(seq, id, at, hold, account.balance(), placement.reference());
  }

  private void requireLawful(Effect.Transfer transfer, AccountState debit, AccountState credit) {
    require(debit != credit, "a transfer has two accounts");
    require(transfer.amount().amount().isPositive(), "a transfer moves more than zero");
    require(debit.isOf(transfer.amount().asset()) && credit.isOf(transfer.amount().asset()),
        "a transfer and its accounts have one asset");
    require(debit.takesDebits() && credit.takesCredits(),
        "only accounts that may move do");
    require(state.openDates().contains(transfer.businessDate()), "a transfer is booked into an open day");
    require(state.closedThrough().isEmpty() || transfer.valueDate().isAfter(state.closedThrough().get()),
        "nothing is value-dated into a closed period");
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
    return new AccountOpened(seq, id, at, account, opening.asked());
  }

  private AccountChanged change(Effect.Change change, long seq, UUID id, Instant at) {
    AccountState account = state.stateOf(change.account());
    Account before = account.account();
    Account changed = before.changed(change.status(), change.overdraftLimit());
    require(before.status() != AccountStatus.CLOSED, "a closed account stays closed");
    require(change.status() != AccountStatus.CLOSED || account.balance().isZero() && account.held().isZero(),
        "a closed account is empty");
    require(before.product() == Product.INTERNAL == change.overdraftLimit().isEmpty(),
        "only internal accounts have no floor");
    require(changed.allows(account.balance(), account.held()), "a balance keeps its floor");
    state.change(account, changed, seq);
    return new AccountChanged(seq, id, at, changed, change.asked());
  }

  private static void require(boolean kept, String law) {
    if (!kept) {
      throw new IllegalStateException("the decision breaks a law of the ledger: " + law);
    }
  }
}
