package ai.qenex.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The periods for which the books are closed for good: accounting months or years, as the bank likes. */
public interface Periods {

  /**
   * @param from its first date; empty for the first period, which goes back to the beginning
   * @param through its last date
   * @param seq the log entry that closed it
   */
  record Period(Optional<LocalDate> from, LocalDate through, long seq, Instant closedAt) {}

  /** All closed periods, in order. */
  List<Period> closed();

  /**
   * Closes the books up to and including a date; see {@link ClosePeriod}.
   *
   * @param id of the instruction: the same id again gets the same answer
   */
  Outcome close(UUID id, LocalDate through);
}
