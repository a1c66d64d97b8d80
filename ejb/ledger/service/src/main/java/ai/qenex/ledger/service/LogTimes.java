package ai.qenex.ledger.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Where an instant of booking time is in the log, which never goes backwards in time. */
final class LogTimes {

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /** Halves the log within the database: one question, and as many rows read as the log's length has bits. */
  private static final String LAST_ENTRY = """
      with recursive half (low, high) as (
        select ?::bigint, seq from ledger.writer where k = 1
        union all
        select case when past then middle else low end, case when past then high else middle - 1 end
        from (
          select h.low, h.high, m.middle, coalesce(l.booked_at <= ?, true) as past
          from half h cross join lateral (select h.high - (h.high - h.low) / 2 as middle) m
          left join ledger.log l on l.seq = m.middle
          where h.low < h.high) step)
      select low from half where low >= high
      """;

  private LogTimes() {}

  /** The last entry booked up to and including the instant, zero if none was. */
  static long lastEntryAt(Connection connection, Instant instant) throws SQLException {
    Instant storable = (instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant)
        .truncatedTo(ChronoUnit.MICROS);
    var archived = new ArchivedLog(connection);
    long end = archived.end();
    if (end > 0 && bookedAt(archived, end).isAfter(storable)) {
      return archivedAt(archived, storable, end);
    }
    try (var statement = connection.prepareStatement(LAST_ENTRY)) {
      statement.setLong(1, end);
      statement.setObject(2, OffsetDateTime.ofInstant(storable, ZoneOffset.UTC));
      try (var row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** Halves what left the database. */
  private static long archivedAt(ArchivedLog archived, Instant instant, long end) throws SQLException {
    long low = 0;
    for (long high = end - 1; low < high;) {
      long middle = high - (high - low) / 2;
      boolean past = !bookedAt(archived, middle).isAfter(instant);
      low = past ? middle : low;
      high = past ? high : middle - 1;
    }
    return low;
  }

  private static Instant bookedAt(ArchivedLog archived, long seq) throws SQLException {
    return archived.bySeq(seq).orElseThrow(() -> new SQLException("entry " + seq + " is in no archive")).bookedAt();
  }
}
