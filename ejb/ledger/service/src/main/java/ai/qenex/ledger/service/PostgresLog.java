package ai.qenex.ledger.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The log in PostgreSQL. */
final class PostgresLog implements LogDatabase {

  /** A pool may hand out connections that died with the database: so many are tried at once. */
  private static final int DEAD_CONNECTIONS = 50;
  private static final int VALID_SECONDS = 5;

  private final DataSource database;
  private final Duration silence;
  private final long rangeEntries;
  /** Null before the assets were read for the first time. */
  private LogStore rows;

  PostgresLog(DataSource database, LedgerSettings settings) {
    this.database = database;
    this.silence = settings.databaseTimeout();
    this.rangeEntries = settings.rangeEntries();
  }

  @Override
  public LogConnection connect() throws SQLException {
    Connection connection = living();
    connection.setAutoCommit(false);
    connection.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
    try (var statement = connection.createStatement()) {
      // if this side vanishes in mid-transaction, its row lock must not keep the next writer waiting
      statement.execute("set idle_in_transaction_session_timeout = " + silence.toMillis());
      statement.execute("set synchronous_commit = on");
    }
    connection.commit();
    return new PostgresLogConnection(this, connection);
  }

  private Connection living() throws SQLException {
    for (int i = 0; i <= DEAD_CONNECTIONS; i++) {
      Connection candidate = database.getConnection();
      if (candidate.isValid(VALID_SECONDS)) {
        return candidate;
      }
      candidate.close();
    }
    throw new SQLException("the pool has no living connection", "08003");
  }

  LogStore rows() {
    return rows;
  }

  void useRows(AssetTable assets) {
    rows = new LogStore(assets, new LogRanges(rangeEntries));
  }
}
