package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.engine.LogRow;
import java.lang.invoke.VarHandle;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The accounts of the latest transfers, so that an account's entries behind the projection's watermark are found
 * without reading that stretch of the log. A ring of the last two million entries, 16 bytes each, which grows as it is
 * needed.
 *
 * <p>
 * One thread adds what was committed; any thread reads, and is told if what it looked at was overwritten meanwhile.
 */
final class RecentTransfers {

  /** Twice the longest projection, so that one may be under way while the next fills up. */
  static final int CAPACITY = 2 * LedgerSettings.MAX_PROJECTION_ENTRIES;

  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private final int capacity;
  /** Per entry its debit account, negative if its dates may differ from the day it was booked on; zero: no transfer. */
  private final long[][] debits;
  private final long[][] credits;
  /** Announced before slots are overwritten, so that a reader can tell whether what it read was still in place. */
  private volatile long writing;
  private volatile Span span = new Span(1, 0);

  RecentTransfers() {
    this(CAPACITY);
  }

  /** @param capacity a power of two, at least {@value #CHUNK} */
  RecentTransfers(int capacity) {
    this.capacity = capacity;
    this.debits = new long[capacity >> CHUNK_BITS][];
    this.credits = new long[capacity >> CHUNK_BITS][];
  }

  /** The entries that are known here, both included; none if {@code to} is before {@code from}. */
  record Span(long from, long to) {}

  Span span() {
    return span;
  }

  /**
   * Adds what one commit wrote, in log order. What does not follow the last one starts anew.
   *
   * @param day the current business date after it
   */
  void add(List<LogRow> rows, LocalDate day) {
    if (rows.isEmpty()) {
      return;
    }
    long first = rows.get(0).entry().seq();
    long last = first + rows.size() - 1;
    boolean dayTurned = false;
    for (LogRow row : rows) {
      dayTurned |= row.entry() instanceof BusinessDateOpened;
    }
    writing = last;
    VarHandle.fullFence();
    for (int i = 0; i < rows.size(); i++) {
      put(first + i, rows.get(i), dayTurned ? null : day);
    }
    Span before = span;
    long from = before.to == first - 1 && before.to >= before.from ? before.from : first;
    span = new Span(Math.max(from, last - capacity + 1), last);
  }

  /** @param day null if it is not known which was current */
  private void put(long seq, LogRow row, LocalDate day) {
    int slot = (int) (seq & (capacity - 1));
    int chunk = slot >> CHUNK_BITS;
    if (debits[chunk] == null) {
      debits[chunk] = new long[CHUNK];
      credits[chunk] = new long[CHUNK];
    }
    long debit = 0;
    long credit = 0;
    if (row.entry() instanceof TransferPosted transfer) {
      boolean plain = transfer.valueDate().equals(day) && transfer.businessDate().date().equals(day);
      debit = plain ? transfer.debit().value() : -transfer.debit().value();
      credit = transfer.credit().value();
    }
    debits[chunk][slot & (CHUNK - 1)] = debit;
    credits[chunk][slot & (CHUNK - 1)] = credit;
  }

  /**
   * The account's newest entries of a stretch, newest first.
   *
   * @param stretch within the {@link #span}
   * @return empty if the stretch was overwritten meanwhile
   */
  Optional<long[]> newest(long account, Span stretch, int limit) {
    var found = new long[limit];
    int count = 0;
    for (long seq = stretch.to; seq >= stretch.from && count < limit; seq--) {
      if (moves(seq, account)) {
        found[count++] = seq;
      }
    }
    return ifStillThere(stretch, Arrays.copyOf(found, count));
  }

  /** As {@link #newest}, oldest first. */
  Optional<long[]> oldest(long account, Span stretch, int limit) {
    var found = new long[limit];
    int count = 0;
    for (long seq = stretch.from; seq <= stretch.to && count < limit; seq++) {
      if (moves(seq, account)) {
        found[count++] = seq;
      }
    }
    return ifStillThere(stretch, Arrays.copyOf(found, count));
  }

  /** The account's entries of the stretch, rising, whose dates may differ from the day they were booked on. */
  Optional<long[]> shifted(long account, Span stretch) {
    var found = new long[CHUNK];
    int count = 0;
    for (long seq = stretch.from; seq <= stretch.to; seq++) {
      if (moves(seq, account) && debitAt(seq) < 0) {
        found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
        found[count++] = seq;
      }
    }
    return ifStillThere(stretch, Arrays.copyOf(found, count));
  }

  private boolean moves(long seq, long account) {
    int slot = (int) (seq & (capacity - 1));
    return Math.abs(debitAt(seq)) == account || credits[slot >> CHUNK_BITS][slot & (CHUNK - 1)] == account;
  }

  private long debitAt(long seq) {
    int slot = (int) (seq & (capacity - 1));
    return debits[slot >> CHUNK_BITS][slot & (CHUNK - 1)];
  }

  private Optional<long[]> ifStillThere(Span stretch, long[] found) {
    VarHandle.acquireFence();
    return stretch.from > writing - capacity ? Optional.of(found) : Optional.empty();
  }
}
