package ai.qenex.settlement.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.settlement.Obligation;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps the sum of a cycle within the digits of an amount, so that netting can add up whatever was recorded.
 *
 * <p>
 * Obligations below {@link #LARGE} need ten thousand million of their kind to reach the limit; a cycle of such only is
 * not added up. Whoever brings a large one has the day to itself, so all who share the day see the same large ones;
 * where there are any, they take turns and add up.
 */
final class CycleLimit {

  /** In minor units; the index {@code large_obligation} has the same figure. */
  private static final String LARGE = "1" + "0".repeat(28);
  private static final Amount LARGE_AMOUNT = Amount.of(new BigInteger(LARGE));

  private final Connection connection;
  private final BusinessDate date;

  CycleLimit(Connection connection, BusinessDate date) {
    this.connection = connection;
    this.date = date;
  }

  static boolean isLarge(Obligation obligation) {
    return obligation.amount().amount().compareTo(LARGE_AMOUNT) >= 0;
  }

  /**
   * Whether the day's cycles must be added up after recording. If so, it is this transaction's turn until it ends.
   *
   * @param large whether the call brings a large obligation and so holds the day's row alone
   */
  boolean isNear(boolean large) throws SQLException {
    if (large) {
      return true;
    }
    if (!holdsLarge()) {
      return false;
    }
    try (PreparedStatement turn = connection.prepareStatement(
        "select pg_advisory_xact_lock(hashtext('settlement.day'), hashtext(?))")) {
      turn.setString(1, date.toString());
      turn.execute();
    }
    return true;
  }

  private boolean holdsLarge() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select exists (select 1 from settlement.obligation o"
        + " join settlement.cycle c on c.id = o.cycle where c.business_date = ? and o.amount >= " + LARGE + ")")) {
      query.setObject(1, date.date());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  /** @throws QenexException {@code CONFLICTING_STATE} if a cycle of the day adds up to more than an amount can be */
  void require() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select c.asset from settlement.obligation o"
        + " join settlement.cycle c on c.id = o.cycle where c.business_date = ?"
        + " group by c.asset having sum(o.amount) >= 1" + "0".repeat(Amount.MAX_DIGITS) + " order by c.asset")) {
      query.setObject(1, date.date());
      try (ResultSet rows = query.executeQuery()) {
        if (rows.next()) {
          throw new QenexException(ErrorCode.CONFLICTING_STATE, "the " + rows.getString(1) + " cycle of " + date
              + " would add up to more than " + Amount.MAX_DIGITS + " digits");
        }
      }
    }
  }
}
