package ai.qenex.ledger.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The ranges that the log is kept in, {@code ledger.log_range}: each is a table of its own. Whoever only reads asks
 * {@code ledger.log}, which is all of them; the writer copies into the table that an entry belongs in.
 */
final class LogRanges {

  private static final String HOLDING =
      "select first_seq, last_seq from ledger.log_range where first_seq <= ? order by first_seq desc limit 1";

  private final long entries;
  /** Known to be committed; null before the first. */
  private Range current;

  /** @param entries how many a new range takes */
  LogRanges(long entries) {
    this.entries = entries;
  }

  /** For entries that belong in one range, which is there. */
  static LogRanges only(Range range) {
    var ranges = new LogRanges(range.last() - range.first() + 1);
    ranges.current = range;
    return ranges;
  }

  /** The entries {@code first} to {@code last}. @param table that holds them */
  record Range(long first, long last, String table) {

    Range(long first, long last) {
      this(first, last, "ledger.log_" + first);
    }

    boolean holds(long seq) {
      return first <= seq && seq <= last;
    }
  }

  /** The range that both entries belong in, if it is the one that was asked for last. */
  Optional<Range> known(long from, long to) {
    return current != null && current.holds(from) && current.holds(to) ? Optional.of(current) : Optional.empty();
  }

  /**
   * The range that an entry belongs in, made now if nobody made it ahead: whoever then rolls back takes the range back,
   * too.
   */
  Range holding(Connection connection, long seq) throws SQLException {
    if (current != null && current.holds(seq)) {
      return current;
    }
    Optional<Range> known = find(connection, seq);
    if (known.isPresent()) {
      current = known.get();
      return current;
    }
    current = null;
    long last;
    do {
      last = add(connection);
    } while (last < seq);
    return find(connection, seq).orElseThrow();
  }

  /** Makes the next range when half of the last one is written. */
  void addAhead(Connection connection, long written) throws SQLException {
    long last = LogAccess.figure(connection, "select max(last_seq) from ledger.log_range");
    if (last - written < entries / 2) {
      add(connection);
    }
  }

  private long add(Connection connection) throws SQLException {
    return LogAccess.figure(connection, "select ledger.add_log_range(" + entries + ")") + entries - 1;
  }

  private static Optional<Range> find(Connection connection, long seq) throws SQLException {
    try (var statement = connection.prepareStatement(HOLDING)) {
      statement.setLong(1, seq);
      try (var row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Range(row.getLong(1), row.getLong(2))).filter(range -> range.holds(seq))
            : Optional.empty();
      }
    }
  }
}
