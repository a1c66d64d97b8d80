package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import java.sql.Connection;
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

  boolean isClosed() {
    return to < Long.MAX_VALUE;
  }

  /** Empty if the day was never opened. */
  static Optional<DayStretch> of(BusinessDate date, Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(SQL)) {
      statement.setObject(1, date.date());
      statement.setString(2, date.toString());
      try (var row = statement.executeQuery()) {
        row.next();
        long from = row.getLong(1);
        long to = row.getLong(2);
        return from == 0 ? Optional.empty() : Optional.of(new DayStretch(from, to == 0 ? Long.MAX_VALUE : to));
      }
    }
  }
}
