package ai.qenex.ledger;

import ai.qenex.kernel.BusinessDate;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The bank's days. A day opens, takes postings, and closes for good; the next one opens before it closes, so that there
 * is always one to post into.
 */
public interface BusinessDays {

  /** The day that transfers are booked into now: the latest open one. */
  BusinessDate current();

  /** All days that still take postings, in order. */
  SortedSet<BusinessDate> open();

  boolean isClosed(BusinessDate date);

  /** When the day after the given one was opened, which is the given day's cut-off; empty before it. */
  Optional<Instant> cutOffOf(BusinessDate date);

  /**
   * Opens the business day after the given one (idempotent): from then on transfers are booked into that day unless
   * they name another.
   *
   * @return the day after
   * @throws ai.qenex.kernel.QenexException {@code CONFLICTING_STATE} if the given day is not open
   */
  BusinessDate openNext(BusinessDate date);

  /**
   * Closes the day for good (idempotent).
   *
   * @throws ai.qenex.kernel.QenexException {@code CONFLICTING_STATE} if it is the only open day, or an earlier one is
   * still open
   */
  void close(BusinessDate date);
}
