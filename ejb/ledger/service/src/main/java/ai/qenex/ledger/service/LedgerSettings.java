package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.ledger.engine.IbanScheme;
import java.time.Duration;
import java.util.Optional;

/**
 * How the ledger runs.
 *
 * @param batchLines the most log entries one commit carries, unless a single instruction has more
 * @param pipelined whether the next batch is decided while a large one is on its way into the log
 * @param queuedLines how many may wait to be decided before callers are turned away
 * @param windowIds how many recent ids are kept in memory
 * @param idSkew how far in the future a version 7 id may be dated
 * @param answerTimeout how long a caller waits for the commit
 * @param databaseTimeout how long the database may be silent before its connection counts as lost
 * @param projectionEntries the most log entries one projection carries
 * @param projectionDelay how long after something new it is projected while there is little of it
 * @param rangeEntries how many log entries a new range of the log takes
 * @param ibans how IBANs are made
 * @param calendar the bank's business days
 * @param firstBusinessDate the day that opens when the bank's life starts; empty: today, or the next business day
 */
public record LedgerSettings(
    int batchLines, boolean pipelined, int queuedLines, int windowIds, Duration idSkew, Duration answerTimeout,
    Duration databaseTimeout,
    int projectionEntries, Duration projectionDelay, int rangeEntries, IbanScheme ibans, HolidayCalendar calendar,
    Optional<BusinessDate> firstBusinessDate) {

  /** A projection numbers its entries in so many bits. */
  static final int MAX_PROJECTION_ENTRIES = 1 << 20;

  public LedgerSettings {
    requireBetween(1, batchLines, 100_000, "batch lines");
    requireBetween(1, queuedLines, 10_000_000, "queued lines");
    requireBetween(2, windowIds, 100_000_000, "ids in memory");
    requireBetween(1, projectionEntries, MAX_PROJECTION_ENTRIES, "entries of a projection");
    requireBetween(1_000, rangeEntries, 2_000_000_000, "entries of a range");
  }

  /** The defaults, for a German bank code. */
  public static LedgerSettings defaults() {
    return new LedgerSettings(
        8_192, true, 200_000, 1_000_000, Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofSeconds(15),
        1_000_000,
        Duration.ofMillis(100), 10_000_000, IbanScheme.ofBankCode("DE", "50099900"), HolidayCalendar.WEEKENDS,
        Optional.empty());
  }

  private static void requireBetween(int low, int value, int high, String what) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(what + " must be " + low + " to " + high);
    }
  }
}
