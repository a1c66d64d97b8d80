package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.engine.LogRow;
import java.lang.invoke.VarHandle;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The accounts of the latest transfers, so that an account's entries behind the projection's watermark are found
 * without reading that stretch of the log, nor by the projector. A ring of the last two million entries, 32 bytes each,
 * which grows as it is needed.
 *
 * <p>
 * One thread adds what was committed; any thread reads, and is told if what it looked at was overwritten meanwhile.
 */
final class RecentTransfers {

  /** Twice the longest projection, so that one may be under way while the next fills up. */
  static final int CAPACITY = 2 * LedgerSettings.MAX_PROJECTION_ENTRIES;

  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;
  /** Stands for a balance that fits no long. */
  private static final long LARGE = Long.MIN_VALUE;
  /** In place of the credit account of an entry that is neither a transfer nor a refusal; there is no debit account. */
  private static final long OTHER = -1;

  private final int capacity;
  /** Per entry its debit account, negative if its dates may differ from the day it was booked on; zero: no transfer. */
  private final long[][] debits;
  /** Negative if the entry is more than a transfer. */
  private final long[][] credits;
  private final long[][] debitBalances;
  private final long[][] creditBalances;
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
    this.debitBalances = new long[capacity >> CHUNK_BITS][];
    this.creditBalances = new long[capacity >> CHUNK_BITS][];
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
      debitBalances[chunk] = new long[CHUNK];
      creditBalances[chunk] = new long[CHUNK];
    }
    int at = slot & (CHUNK - 1);
    long debit = 0;
    long credit = row.entry() instanceof InstructionRefused ? 0 : OTHER;
    if (row.entry() instanceof TransferPosted transfer) {
      boolean plain = transfer.valueDate().equals(day) && transfer.businessDate().date().equals(day);
      debit = plain ? transfer.debit().value() : -transfer.debit().value();
      // a linked one does more than move money
      credit = transfer.link().isPresent() ? -transfer.credit().value() : transfer.credit().value();
      debitBalances[chunk][at] = smallOf(transfer.debitBalance());
      creditBalances[chunk][at] = smallOf(transfer.creditBalance());
    }
    debits[chunk][at] = debit;
    credits[chunk][at] = credit;
  }

  private static long smallOf(Amount balance) {
    return balance.fitsLong() ? balance.toLong() : LARGE;
  }

  /**
   * The transfers of a stretch; empty if it is not all known here, or one of them has dates that may differ from the
   * day it was booked on or leaves a balance that fits no long.
   */
  Optional<TransferScan> scan(Span stretch) {
    Span known = span;
    if (stretch.from < known.from || stretch.to > known.to) {
      return Optional.empty();
    }
    var scan = TransferScan.ofPlain(stretch.from, stretch.to);
    for (long seq = stretch.from; seq <= stretch.to; seq++) {
      int slot = (int) (seq & (capacity - 1));
      int chunk = slot >> CHUNK_BITS;
      int at = slot & (CHUNK - 1);
      long debit = debits[chunk][at];
      long credit = credits[chunk][at];
      if (debit < 0 || debit > 0 && (debitBalances[chunk][at] == LARGE || creditBalances[chunk][at] == LARGE)) {
        return Optional.empty();
      }
      if (debit > 0) {
        scan.add(seq, debit, Math.abs(credit));
        scan.leave(debitBalances[chunk][at], creditBalances[chunk][at]);
      }
      if (credit < 0) {
        scan.noteOther();
      }
    }
    return ifStillThere(stretch, scan);
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
    return Math.abs(debitAt(seq)) == account
        || Math.abs(credits[slot >> CHUNK_BITS][slot & (CHUNK - 1)]) == account && debitAt(seq) != 0;
  }

  private long debitAt(long seq) {
    int slot = (int) (seq & (capacity - 1));
    return debits[slot >> CHUNK_BITS][slot & (CHUNK - 1)];
  }

  private <T> Optional<T> ifStillThere(Span stretch, T found) {
    VarHandle.acquireFence();
    return stretch.from > writing - capacity ? Optional.of(found) : Optional.empty();
  }
}
