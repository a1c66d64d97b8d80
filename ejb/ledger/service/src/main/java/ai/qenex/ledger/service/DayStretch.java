package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Where in the log a business day's transfers are: behind its opening, before its closing. Transfers of other days may
 * stand between.
 *
 * @param from entry that opened the day
 * @param to entry that closed it, {@link Long#MAX_VALUE} while it is open
 */
record DayStretch(long from, long to) {

  /** The projection is asked and, since it lags, the log behind its watermark, in one snapshot. */
  private static final String SQL = "select min(opened), min(closed) from ("
      + "select opened_seq as opened, closed_seq as closed from ledger.business_day where date = ? union all "
      + "select case kind when 5 then seq end, case kind when 6 then seq end from ledger.log "
      + "where seq > (select seq from ledger.projection where k = 1) and kind in (5, 6) and detail ->> 'date' = ?) day";

  /** As {@link #SQL} for a range of days: its first opening, and its last closing if all of them are closed. */
  private static final String RANGE =
      "select min(opened), "
          + "case when count(opened) = count(closed) then max(closed) end "
          + "from (select opened_seq as opened, closed_seq as closed from ledger.business_day "
          + "where date between ? and ? "
          + "union all select case kind when 5 then seq end, case kind when 6 then seq end from ledger.log "
          + "where seq > (select seq from ledger.projection where k = 1) and kind in (5, 6) "
          + "and (detail ->> 'date')::date between ? and ?) day";

  boolean isClosed() {
    return to < Long.MAX_VALUE;
  }

  /** Where the transfers of all days from one to another are; empty if none of them was ever opened. */
  static Optional<DayStretch> of(BusinessDate from, BusinessDate to, Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(RANGE)) {
      statement.setObject(1, from.date());
      statement.setObject(2, to.date());
      statement.setObject(3, from.date());
      statement.setObject(4, to.date());
      return read(statement);
    }
  }

  /** Empty if the day was never opened. */
  static Optional<DayStretch> of(BusinessDate date, Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(SQL)) {
      statement.setObject(1, date.date());
      statement.setString(2, date.toString());
      return read(statement);
    }
  }

  private static Optional<DayStretch> read(PreparedStatement statement) throws SQLException {
    try (var row = statement.executeQuery()) {
      row.next();
      long from = row.getLong(1);
      long to = row.getLong(2);
      return from == 0 ? Optional.empty() : Optional.of(new DayStretch(from, to == 0 ? Long.MAX_VALUE : to));
    }
  }
}
