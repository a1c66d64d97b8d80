package ai.qenex.ledger.service;

import ai.qenex.ledger.service.RecentTransfers.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * Balances over all transfers up to a date of theirs, the value date or the business date.
 *
 * <p>
 * Most transfers bear the date of the day they are booked on. So the balance up to a date is the running balance where
 * the first later day opens, corrected by those of other dates: later ones booked before count less, earlier ones
 * booked since count too. These are summed up in {@code ledger.shifted}, so that nothing here grows with the number of
 * transfers.
 */
final class DatedSums {

  /** Which date of a transfer counts. */
  enum By {
    VALUE_DATE("value_date"), BUSINESS_DATE("business_date");

    private final String column;

    By(String column) {
      this.column = column;
    }
  }

  private static final int ENTRIES_AT_ONCE = 10_000;

  /** Where the first day after the date opens, by the projection and the log behind it. */
  private static final String NEXT_DAY = "select min(seq) from ("
      + "select opened_seq as seq from ledger.business_day where date > ? union all "
      + "select seq from ledger.log where seq > (select seq from ledger.projection where k = 1) and kind = 5 "
      + "and (detail ->> 'date')::date > ?) day";

  /** Watermark, last entry, and what is shifted over the date up to the watermark: as of one moment. */
  private static final String PROJECTED = """
      select (select seq from ledger.projection where k = 1), (select seq from ledger.writer where k = 1),
        (select coalesce(sum(case when day > ? then moved else -moved end), 0) from ledger.shifted
          where account = ? and (day > ? and %1$s <= ? or day <= ? and %1$s > ?))
      """;

  /** What is shifted over the date among the entries asked for. */
  private static final String TAIL = """
      select sum(case when seq > ? then 1 else -1 end * case when credit = ? then amount else -amount end)
      from ledger.log where kind = 1 and (seq > ? and %1$s <= ? or seq < ? and %1$s > ?) and %2$s
      """;

  private final Connection connection;
  private final RecentTransfers recent;
  private final long account;

  DatedSums(Connection connection, RecentTransfers recent, long account) {
    this.connection = connection;
    this.recent = recent;
    this.account = account;
  }

  /**
   * @param shifted what is to be added to the balance that the account has behind {@code entry}
   * @param entry the last entry before the first later day opens
   * @param last the last entry of the log that was looked at
   */
  record Point(BigInteger shifted, long entry, long last) {}

  Point upTo(LocalDate date, By by) throws SQLException {
    long nextDay = nextDay(date);
    try (PreparedStatement statement = connection.prepareStatement(PROJECTED.formatted(by.column))) {
      statement.setLong(2, account);
      for (int parameter : new int[] {1, 3, 4, 5, 6}) {
        statement.setObject(parameter, date);
      }
      try (var row = statement.executeQuery()) {
        row.next();
        long last = row.getLong(2);
        BigInteger shifted = row.getBigDecimal(3).toBigIntegerExact();
        shifted = shifted.add(inTail(new Span(row.getLong(1) + 1, last), new Turn(date, by, nextDay)));
        return new Point(shifted, Math.min(nextDay - 1, last), last);
      }
    }
  }

  private long nextDay(LocalDate date) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT_DAY)) {
      statement.setObject(1, date);
      statement.setObject(2, date);
      try (var row = statement.executeQuery()) {
        row.next();
        long seq = row.getLong(1);
        return row.wasNull() ? Long.MAX_VALUE : seq;
      }
    }
  }

  /** @param nextDay the entry that opened the first day after the date */
  private record Turn(LocalDate date, By by, long nextDay) {}

  private BigInteger inTail(Span tail, Turn turn) throws SQLException {
    Span span = recent.span();
    var known = new Span(Math.max(span.from(), tail.from()), Math.min(span.to(), tail.to()));
    var entries = known.from() <= known.to() ? recent.shifted(account, known) : Optional.<long[]>empty();
    if (entries.isEmpty()) {
      return inLog(tail, turn);
    }
    BigInteger sum = inLog(new Span(tail.from(), known.from() - 1), turn)
        .add(inLog(new Span(known.to() + 1, tail.to()), turn));
    long[] all = entries.get();
    for (int from = 0; from < all.length; from += ENTRIES_AT_ONCE) {
      sum = sum.add(of(Arrays.copyOfRange(all, from, Math.min(from + ENTRIES_AT_ONCE, all.length)), turn));
    }
    return sum;
  }

  private BigInteger inLog(Span stretch, Turn turn) throws SQLException {
    if (stretch.to() < stretch.from()) {
      return BigInteger.ZERO;
    }
    try (PreparedStatement statement = tail(turn, "seq >= ? and seq <= ? and (debit = ? or credit = ?)")) {
      statement.setLong(7, stretch.from());
      statement.setLong(8, stretch.to());
      statement.setLong(9, account);
      statement.setLong(10, account);
      return sum(statement);
    }
  }

  private BigInteger of(long[] entries, Turn turn) throws SQLException {
    try (PreparedStatement statement = tail(turn, "seq = any(?)")) {
      statement.setArray(7, connection.createArrayOf("int8", Arrays.stream(entries).boxed().toArray()));
      return sum(statement);
    }
  }

  private PreparedStatement tail(Turn turn, String which) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(TAIL.formatted(turn.by.column, which));
    statement.setLong(1, turn.nextDay);
    statement.setLong(2, account);
    statement.setLong(3, turn.nextDay);
    statement.setObject(4, turn.date);
    statement.setLong(5, turn.nextDay);
    statement.setObject(6, turn.date);
    return statement;
  }

  private static BigInteger sum(PreparedStatement statement) throws SQLException {
    try (var row = statement.executeQuery()) {
      row.next();
      BigDecimal sum = row.getBigDecimal(1);
      return sum == null ? BigInteger.ZERO : sum.toBigIntegerExact();
    }
  }
}
