package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.identity.LockOut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Guesses at names, table {@code security.attempt}. A guess is counted before it is looked at, under the row's lock, so
 * that guesses which arrive together on any number of nodes are all counted. Outside of transactions only.
 */
final class AttemptStore {

  private static final String FORGET = "delete from security.attempt where name in"
      + " (select name from security.attempt where until < ? limit 100 for update skip locked)";
  private static final String CLAIM = "insert into security.attempt (name, failures, until) values (?, 1, ?)"
      + " on conflict (name) do nothing";
  private static final String READ =
      "select failures, until, closed_until from security.attempt where name = ? for update";
  private static final String WRITE =
      "update security.attempt set failures = ?, until = ?, closed_until = ? where name = ?";
  private static final String CLEAR = "delete from security.attempt where name = ?";

  private final DataSource database;

  AttemptStore(DataSource database) {
    this.database = database;
  }

  /** Notes a guess. Empty: look at it; else how long nothing is looked at, and nothing was noted. */
  Optional<Duration> begin(String name, LockOut rule, Instant now) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Optional<Duration> closed = begin(connection, name, rule, now);
        connection.commit();
        return closed;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Optional<Duration> begin(Connection connection, String name, LockOut rule, Instant now)
      throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setTimestamp(1, Timestamp.from(now));
      forget.executeUpdate();
    }
    LockOut.Count first = rule.guessed(LockOut.Count.NONE, now);
    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setString(1, name);
      claim.setTimestamp(2, Timestamp.from(first.until()));
      if (claim.executeUpdate() == 1) {
        return write(connection, name, first);
      }
    }
    LockOut.Count before = read(connection, name);
    Optional<Duration> closed = before.closedFor(now);
    return closed.isPresent() ? closed : write(connection, name, rule.guessed(before, now));
  }

  /** The name is proven: nothing is held against it. */
  void clear(String name) {
    try (Connection connection = database.getConnection();
        PreparedStatement clear = connection.prepareStatement(CLEAR)) {
      clear.setString(1, name);
      clear.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static LockOut.Count read(Connection connection, String name) throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(READ)) {
      read.setString(1, name);
      try (ResultSet rows = read.executeQuery()) {
        return rows.next() ? new LockOut.Count(rows.getInt(1), rows.getTimestamp(2).toInstant(),
            Optional.ofNullable(rows.getTimestamp(3)).map(Timestamp::toInstant)) : LockOut.Count.NONE;
      }
    }
  }

  private static Optional<Duration> write(Connection connection, String name, LockOut.Count count)
      throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(WRITE)) {
      write.setInt(1, count.failures());
      write.setTimestamp(2, Timestamp.from(count.until()));
      write.setTimestamp(3, count.closedUntil().map(Timestamp::from).orElse(null));
      write.setString(4, name);
      write.executeUpdate();
    }
    return Optional.empty();
  }

  private static QenexException failed(SQLException cause) {
    return new QenexException(ErrorCode.STORAGE_FAILED, "Guesses cannot be counted", cause);
  }
}
