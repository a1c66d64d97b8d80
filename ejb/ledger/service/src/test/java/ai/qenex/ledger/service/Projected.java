package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.HoldStatus;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.engine.BusinessDay;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The projections at one watermark; never changed.
 *
 * @param postings the entries that were projected, once for each time
 */
record Projected(
    long watermark, SortedMap<Long, Row> accounts, SortedMap<BusinessDate, BusinessDay> days, Map<UUID, Hold> holds,
    List<Long> postings) {

  static final Projected NOTHING = new Projected(0, new TreeMap<>(), new TreeMap<>(), Map.of(), List.of());

  record Row(Account account, Amount balance, long lastSeq) {}

  /** Those of a later entry. @param stretch the rows between */
  Projected with(List<LogRow> stretch, long newWatermark) {
    var next = new Projected(newWatermark, new TreeMap<>(accounts), new TreeMap<>(days), new LinkedHashMap<>(holds),
        new ArrayList<>(postings));
    for (LogRow row : stretch) {
      next.take(row.entry());
    }
    return next;
  }

  private void take(LedgerEntry entry) {
    long seq = entry.seq();
    if (entry instanceof TransferPosted transfer) {
      postings.add(seq);
      if (transfer.link().orElse(null) instanceof Link.Captures captures) {
        Hold hold = holds.get(captures.hold());
        become(hold.capturedBy(transfer.amount().amount(), captures.heldAfter()));
      }
      move(transfer.debit(), transfer.debitBalance(), seq);
      move(transfer.credit(), transfer.creditBalance(), seq);
    } else if (entry instanceof HoldPlaced placed) {
      holds.put(placed.id(), placed.hold());
      touch(placed.hold().account(), seq);
    } else if (entry instanceof HoldReleased released) {
      become(holds.get(released.hold()).ended(HoldStatus.RELEASED));
      touch(released.account(), seq);
    } else if (entry instanceof HoldExpired expired) {
      become(holds.get(expired.hold()).ended(HoldStatus.EXPIRED));
      touch(expired.account(), seq);
    } else if (entry instanceof AccountOpened opened) {
      accounts.put(opened.account().number().value(), new Row(opened.account(), Amount.ZERO, seq));
    } else if (entry instanceof AccountChanged changed) {
      long number = changed.account().number().value();
      accounts.put(number, new Row(changed.account(), accounts.get(number).balance, seq));
    } else if (entry instanceof BusinessDateOpened opened) {
      days.put(opened.date(), new BusinessDay(opened.date(), seq, opened.bookedAt(), OptionalLong.empty()));
    } else if (entry instanceof BusinessDateClosed closed) {
      BusinessDay day = days.get(closed.date());
      days.put(closed.date(), new BusinessDay(day.date(), day.openedSeq(), day.openedAt(), OptionalLong.of(seq)));
    }
  }

  /** Only open ones are kept. */
  private void become(Hold hold) {
    if (hold.isOpen()) {
      holds.put(hold.id(), hold);
    } else {
      holds.remove(hold.id());
    }
  }

  private void touch(AccountNumber account, long seq) {
    accounts.computeIfPresent(account.value(), (number, row) -> new Row(row.account, row.balance, seq));
  }

  private void move(AccountNumber account, Amount balance, long seq) {
    // an account that is not there is left out, as an UPDATE would; who counts finds it
    accounts.computeIfPresent(account.value(), (number, row) -> new Row(row.account, balance, seq));
  }

  void load(Replay replay) {
    accounts.values().forEach(row -> replay.account(row.account, row.balance, row.lastSeq));
    holds.values().forEach(replay::hold);
    days.values().forEach(replay::day);
  }

  /** One account as if its last movement had not been. */
  Projected stale() {
    var broken = new TreeMap<>(accounts);
    if (!broken.isEmpty()) {
      broken.computeIfPresent(broken.lastKey(), (number, row) -> new Row(row.account, Amount.ZERO, row.lastSeq));
    }
    return new Projected(watermark, broken, days, holds, postings);
  }

  /** As if one of the open holds had never been. */
  Projected forgetful() {
    var fewer = new LinkedHashMap<>(holds);
    holds.keySet().stream().findFirst().ifPresent(fewer::remove);
    return new Projected(watermark, accounts, days, fewer, postings);
  }
}
