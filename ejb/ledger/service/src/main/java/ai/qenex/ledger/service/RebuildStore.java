package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerRebuild.Progress;
import ai.qenex.ledger.LedgerRebuild.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** The row {@code ledger.rebuild}: what is wanted, and how far it is. */
final class RebuildStore {

  private static final String READ =
      "select r.state, r.seq, w.seq, r.started_at, r.finished_at, r.message from ledger.rebuild r "
          + "join ledger.writer w on w.k = r.k where r.k = 1";

  private final Connection connection;

  RebuildStore(Connection connection) {
    this.connection = connection;
  }

  Progress read() throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery(READ)) {
      row.next();
      return new Progress(State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2), row.getLong(3),
          instant(row.getObject(4, OffsetDateTime.class)), instant(row.getObject(5, OffsetDateTime.class)),
          Optional.ofNullable(row.getString(6)));
    }
  }

  private static Optional<Instant> instant(OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  void want() throws SQLException {
    run("update ledger.rebuild set state = 'wanted' where k = 1 and state not in ('wanted', 'running')");
  }

  /** The entry up to which it is built; empty if another node is at it just now, or nothing is to be done. */
  Optional<Progress> lock() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select from ledger.rebuild where k = 1 and state in ('wanted', 'running') "
            + "for update skip locked")) {
      if (!row.next()) {
        return Optional.empty();
      }
    }
    return Optional.of(read());
  }

  void begin() throws SQLException {
    run("update ledger.rebuild set state = 'running', seq = 0, started_at = now(), finished_at = null, failures = 0, "
        + "message = null where k = 1");
  }

  void advance(long seq) throws SQLException {
    run("update ledger.rebuild set seq = " + seq + " where k = 1");
  }

  void finish(long seq) throws SQLException {
    run("update ledger.rebuild set state = 'done', seq = " + seq + ", finished_at = clock_timestamp(), "
        + "message = null where k = 1");
  }

  /** @param mostFailures after so many it is given up */
  void fail(String message, int mostFailures) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("update ledger.rebuild set "
        + "failures = failures + 1, message = ?, state = case when failures + 1 >= ? then 'failed' else state end, "
        + "finished_at = case when failures + 1 >= ? then clock_timestamp() end where k = 1 and state = 'running'")) {
      statement.setString(1, message);
      statement.setInt(2, mostFailures);
      statement.setInt(3, mostFailures);
      statement.executeUpdate();
    }
  }

  private void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
