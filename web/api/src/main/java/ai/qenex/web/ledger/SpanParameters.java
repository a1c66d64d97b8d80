package ai.qenex.web.ledger;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.HistoryOrder;
import ai.qenex.ledger.Span;
import ai.qenex.web.input.Values;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Optional;

/**
 * The query parameters that choose a stretch of an account's history: {@code from} and {@code to}, either both instants
 * of booking time or both business dates, and {@code order}. Either end may be left open.
 */
public class SpanParameters {

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2999-12-31T23:59:59Z");
  private static final int DATE_LENGTH = "2027-02-28".length();

  @QueryParam("from") private String from;

  @QueryParam("to") private String to;

  @QueryParam("order") private String order;

  HistoryOrder historyOrder() {
    if (order == null || order.equals("newest")) {
      return HistoryOrder.NEWEST_FIRST;
    }
    if (order.equals("oldest")) {
      return HistoryOrder.OLDEST_FIRST;
    }
    throw Values.invalid("order", "newest or oldest");
  }

  Span span() {
    if (from == null && to == null) {
      return new Span.Whole();
    }
    boolean days = isDate(from) || isDate(to);
    try {
      return days
          ? new Span.Days(date("from", from).orElse(BusinessDate.parse("1900-01-01")),
              date("to", to).orElse(BusinessDate.parse("2999-12-31")))
          : new Span.Booked(instant("from", from).orElse(EARLIEST), instant("to", to).orElse(LATEST));
    } catch (IllegalArgumentException turnedAround) {
      throw Values.invalid("to", "is before from");
    }
  }

  private static boolean isDate(String text) {
    return text != null && text.length() <= DATE_LENGTH;
  }

  private static Optional<BusinessDate> date(String name, String text) {
    return Optional.ofNullable(text).map(given -> Values.businessDate(name, given));
  }

  private static Optional<Instant> instant(String name, String text) {
    return Optional.ofNullable(text).map(given -> Values.instant(name, given));
  }
}
