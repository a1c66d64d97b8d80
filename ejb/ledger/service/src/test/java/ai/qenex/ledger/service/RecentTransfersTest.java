package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.RecentTransfers.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentTransfersTest {

  private static final int CAPACITY = 1 << 16;
  private static final LocalDate TODAY = LedgerFixture.FIRST_DAY.date();

  private final RecentTransfers recent = new RecentTransfers(CAPACITY);

  @Test
  void findsWhatMovedAnAccount() {
    add(10, List.of(transfer(10, 1, 2, TODAY), refusal(11), transfer(12, 2, 3, TODAY), transfer(13, 3, 1, TODAY)));
    assertEquals(new Span(10, 13), recent.span());
    assertArrayEquals(new long[] {12, 10}, recent.newest(2, recent.span(), 5).orElseThrow());
    assertArrayEquals(new long[] {10, 13}, recent.oldest(1, recent.span(), 5).orElseThrow());
    assertArrayEquals(new long[] {13}, recent.newest(1, recent.span(), 1).orElseThrow());
    assertArrayEquals(new long[] {}, recent.newest(4, recent.span(), 5).orElseThrow());
  }

  @Test
  void tellsTransfersOfOtherDates() {
    add(1, List.of(transfer(1, 1, 2, TODAY), transfer(2, 1, 2, TODAY.plusDays(1)), transfer(3, 2, 1, TODAY)));
    assertArrayEquals(new long[] {2}, recent.shifted(2, recent.span()).orElseThrow());
  }

  @Test
  void startsAnewBehindAGap() {
    add(1, List.of(transfer(1, 1, 2, TODAY)));
    add(2, List.of(transfer(2, 1, 2, TODAY)));
    assertEquals(new Span(1, 2), recent.span());
    add(4, List.of(transfer(4, 1, 2, TODAY)));
    assertEquals(new Span(4, 4), recent.span());
  }

  @Test
  void saysWhenWhatWasLookedAtIsOverwritten() {
    var rows = new ArrayList<LedgerEntry>();
    for (int seq = 1; seq <= CAPACITY; seq++) {
      rows.add(transfer(seq, 1, 2, TODAY));
    }
    add(1, rows);
    Span all = recent.span();
    assertEquals(CAPACITY, recent.oldest(1, all, CAPACITY + 1).orElseThrow().length);
    add(CAPACITY + 1, List.of(transfer(CAPACITY + 1, 1, 2, TODAY)));
    assertEquals(new Span(2, CAPACITY + 1), recent.span());
    assertTrue(recent.oldest(1, all, 1).isEmpty());
    assertEquals(CAPACITY, recent.newest(1, recent.span(), CAPACITY + 1).orElseThrow().length);
  }

  private void add(long first, List<LedgerEntry> entries) {
    assertEquals(first, entries.get(0).seq());
    recent.add(entries.stream().map(entry -> new LogRow(entry, 0, Optional.empty())).toList(), TODAY);
  }

  private static LedgerEntry transfer(long seq, long debit, long credit, LocalDate valueDate) {
    return new TransferPosted(seq, new UUID(0, seq), Instant.EPOCH, new BusinessDate(TODAY), valueDate,
        new AccountNumber(debit), new AccountNumber(credit), Money.ofMinorUnits(1, LedgerFixture.EUR), Amount.ZERO,
        Amount.ZERO, Optional.empty());
  }

  private static LedgerEntry refusal(long seq) {
    return new InstructionRefused(seq, new UUID(0, seq), Instant.EPOCH, Refusal.of(Clause.SAME_ACCOUNT));
  }
}
