package ai.qenex.ledger.engine;

import ai.qenex.kernel.BusinessDate;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A day of the bank's life.
 *
 * @param openedSeq log entry that opened it
 * @param closedSeq log entry that closed it, empty while it takes postings
 */
public record BusinessDay(BusinessDate date, long openedSeq, Instant openedAt, OptionalLong closedSeq) {

  public boolean isOpen() {
    return closedSeq.isEmpty();
  }

  BusinessDay closed(long seq) {
    return new BusinessDay(date, openedSeq, openedAt, OptionalLong.of(seq));
  }
}
