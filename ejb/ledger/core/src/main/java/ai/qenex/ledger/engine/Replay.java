package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Account;
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
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Brings a state up to date from what is stored: first the snapshot, then the entries behind it, each of which must fit
 * what it meets (invariants {@code LEDGER-1} and {@code LEDGER-3}). The state is handed to other threads after
 * {@link #finish}.
 */
public final class Replay {

  /** After so many entries what they undid is forgotten: nobody goes back here. */
  private static final int FORGET_EVERY = 1 << 16;

  private final LedgerState state;

  public Replay(LedgerState state) {
    this.state = state;
  }

  /** Takes over an account of the snapshot; they come by number. */
  public void account(Account account, Amount balance, long lastSeq) {
    state.open(account, lastSeq);
    state.move(state.stateOf(account.number()), balance, lastSeq);
  }

  /** Takes over an open hold of the snapshot, after all accounts. */
  public void hold(Hold hold) {
    AccountState account = state.stateOf(hold.account());
    state.place(hold, account.lastSeq());
    if (state.openHolds().size() % FORGET_EVERY == 0) {
      state.publish();
    }
  }

  /** Takes over a day of the snapshot; they come by date. */
  public void day(BusinessDay day) {
    state.openDay(new BusinessDay(day.date(), day.openedSeq(), day.openedAt(), OptionalLong.empty()));
    day.closedSeq().ifPresent(seq -> state.restoreClosed(day.date(), seq));
  }

  /** Takes over a closed period of the snapshot, after all days; they come by date. */
  public void period(ClosedPeriod period) {
    state.closePeriod(period);
  }

  /** The snapshot is complete: it is that of the given entry. */
  public void snapshotTaken(long seq, Instant bookedAt) {
    state.advance(seq, bookedAt);
    state.publish();
  }

  /** @throws QenexException {@code INVARIANT_BROKEN} if the entry does not continue the log */
  public void entry(LedgerEntry entry) {
    long seq = entry.seq();
    require(seq == state.lastSeq() + 1, seq, "a gap behind entry " + state.lastSeq());
    require(!entry.bookedAt().isBefore(state.lastBookedAt()), seq, "booking time goes backwards");
    try {
      apply(entry);
    } catch (IllegalStateException | ArithmeticException e) {
      throw new QenexException(ErrorCode.INVARIANT_BROKEN, "log entry " + seq + ": " + e.getMessage(), e);
    }
    state.advance(seq, entry.bookedAt());
    if (seq % FORGET_EVERY == 0) {
      state.publish();
    }
  }

  /** Shows the state to other threads. */
  public void finish() {
    state.publish();
  }

  private void apply(LedgerEntry entry) {
    long seq = entry.seq();
    if (entry instanceof TransferPosted transfer) {
      apply(transfer);
    } else if (entry instanceof AccountOpened opened) {
      state.open(opened.account(), seq);
    } else if (entry instanceof AccountChanged changed) {
      state.change(state.stateOf(changed.account().number()), changed.account(), seq);
    } else if (entry instanceof HoldPlaced placed) {
      AccountState account = state.stateOf(placed.hold().account());
      require(account.balance().equals(placed.booked()), seq,
          "account " + placed.hold().account() + " had " + account.balance());
      state.place(placed.hold(), seq);
    } else if (entry instanceof HoldReleased released) {
      end(released.hold(), released.amount(), HoldStatus.RELEASED, seq);
    } else if (entry instanceof HoldExpired expired) {
      end(expired.hold(), expired.amount(), HoldStatus.EXPIRED, seq);
    } else if (entry instanceof AssetRegistered registered) {
      register(registered);
    } else if (entry instanceof BusinessDateOpened opened) {
      state.openDay(new BusinessDay(opened.date(), seq, opened.bookedAt(), OptionalLong.empty()));
    } else if (entry instanceof BusinessDateClosed closed) {
      state.closeDay(closed.date(), seq);
    } else if (entry instanceof PeriodClosed closed) {
      state.closePeriod(new ClosedPeriod(closed.through(), seq, closed.bookedAt()));
    }
  }

  /** The registry is written with the log, so that it may be ahead of the snapshot. */
  private void register(AssetRegistered registered) {
    Optional<Asset> known = state.asset(registered.asset().code());
    require(known.map(registered.asset()::equals).orElse(true), registered.seq(),
        "asset " + registered.asset() + " has another scale");
    if (known.isEmpty()) {
      state.register(registered.asset());
    }
  }

  private void end(UUID id, Money amount, HoldStatus end, long seq) {
    Hold hold = state.openHold(id);
    require(hold.held().equals(amount.amount()), seq, "hold " + id + " reserved " + hold.held());
    state.become(hold.ended(end), seq);
  }

  private void apply(TransferPosted transfer) {
    long seq = transfer.seq();
    if (transfer.link().isPresent() && transfer.link().get() instanceof Link.Captures captures) {
      Hold hold = state.openHold(captures.hold());
      state.become(hold.capturedBy(transfer.amount().amount(), captures.heldAfter()), seq);
    }
    require(state.closedThrough().isEmpty() || transfer.valueDate().isAfter(state.closedThrough().get()), seq,
        "value-dated into a closed period");
    AccountState debit = state.stateOf(transfer.debit());
    AccountState credit = state.stateOf(transfer.credit());
    Amount amount = transfer.amount().amount();
    require(debit.balance().minus(amount).equals(transfer.debitBalance()), seq,
        "account " + transfer.debit() + " had " + debit.balance());
    require(credit.balance().plus(amount).equals(transfer.creditBalance()), seq,
        "account " + transfer.credit() + " had " + credit.balance());
    state.move(debit, transfer.debitBalance(), seq);
    state.move(credit, transfer.creditBalance(), seq);
  }

  private static void require(boolean kept, long seq, String otherwise) {
    if (!kept) {
      throw new QenexException(ErrorCode.INVARIANT_BROKEN, "log entry " + seq + ": " + otherwise);
    }
  }
}
