package ai.qenex.ledger;

import ai.qenex.kernel.BusinessDate;
import java.time.Instant;

/** A stretch of an account's history; both ends belong to it. */
public sealed interface Span {

  /** All there is. */
  record Whole() implements Span {}

  /** What was booked from one instant to another, by the clock. */
  record Booked(Instant from, Instant to) implements Span {

    /** @throws IllegalArgumentException if it ends before it begins */
    public Booked {
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("a span does not end before it begins");
      }
    }
  }

  /** What was booked into the business dates from one to another. */
  record Days(BusinessDate from, BusinessDate to) implements Span {

    /** @throws IllegalArgumentException if it ends before it begins */
    public Days {
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("a span does not end before it begins");
      }
    }
  }
}
