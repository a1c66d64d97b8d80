package ai.qenex.ledger.engine;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A period for which the books are closed.
 *
 * @param through its last date
 * @param seq the log entry that closed it
 */
public record ClosedPeriod(LocalDate through, long seq, Instant closedAt) {}
