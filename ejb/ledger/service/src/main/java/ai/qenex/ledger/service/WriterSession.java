package ai.qenex.ledger.service;

import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.PostingEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The writer's one connection, its lease and its memory.
 *
 * <p>
 * The lease is an epoch in {@code ledger.writer}: whoever raised it last may write, and every commit proves that nobody
 * raised it since (invariant {@code LEDGER-6}).
 */
final class WriterSession {

  /** A pool may hand out connections that died with the database: so many are tried at once. */
  private static final int DEAD_CONNECTIONS = 50;
  private static final int VALID_SECONDS = 5;
  private static final String LOCK_LEASE = "select epoch, seq from ledger.writer where k = 1 for update";

  private final DataSource database;
  private final LedgerSettings settings;
  /** The lease; before the first one, any epoch may be outbid. */
  private long epoch;
  /** Differs from {@link #epoch} if it is not known whether raising it was committed. */
  private long latestEpoch = Long.MAX_VALUE;
  private Connection connection;
  private LogStore log;
  private PostingEngine engine;
  /** Rows of the batch under way that were sent. */
  private int copied;

  WriterSession(DataSource database, LedgerSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  LedgerSettings settings() {
    return settings;
  }

  /** Null before the first {@link #start}. */
  PostingEngine engine() {
    return engine;
  }

  /**
   * Drops all memory, takes the lease and starts from what is stored. If this session held the lease before, nobody
   * else may have taken it. Waits for a transaction of a lost connection that is still deciding its fate, so what is
   * read is final.
   */
  void start() throws SQLException, FencedException {
    engine = null;
    connect();
    long lastSeq = takeLease();
    Recovery.Memory memory = new Recovery(settings).load(connection, lastSeq);
    log = memory.log();
    engine = new PostingEngine(memory.state(), memory.window(), settings.ibans(), settings.idSkew());
  }

  private long takeLease() throws SQLException, FencedException {
    String sql =
        "update ledger.writer set epoch = epoch + 1 where k = 1 and epoch between ? and ? returning epoch, seq";
    long lastSeq;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, epoch);
      statement.setLong(2, latestEpoch);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          throw new FencedException("another writer holds the lease");
        }
        latestEpoch = row.getLong(1);
        lastSeq = row.getLong(2);
      }
    }
    connection.commit();
    epoch = latestEpoch;
    return lastSeq;
  }

  /** A new connection for the memory there is, after nothing can have been committed on the old one. */
  void reconnect() throws SQLException, FencedException {
    connect();
    try (var statement = connection.createStatement(); var row = statement.executeQuery(LOCK_LEASE)) {
      row.next();
      if (row.getLong(1) != epoch || row.getLong(2) != engine.state().lastSeq()) {
        throw new FencedException("another writer took the lease while the database was away");
      }
    }
    connection.rollback();
  }

  Map<UUID, LogRow> find(Collection<UUID> ids) throws SQLException {
    return log.find(connection, ids);
  }

  /** Sends rows into the log's COPY, so that the database works on them while more are decided. */
  void copy(List<LogRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    if (copied == 0) {
      log.begin(connection);
    }
    for (; copied < rows.size(); copied++) {
      log.append(rows.get(copied));
    }
  }

  /** Everything behind the {@link #copy} up to the COMMIT, which is not sent. */
  void seal() throws SQLException, FencedException {
    log.end();
    long to = engine.state().lastSeq();
    long from = to - copied;
    copied = 0;
    try (var statement =
        connection.prepareStatement("update ledger.writer set seq = ? where k = 1 and epoch = ? and seq = ?")) {
      statement.setLong(1, to);
      statement.setLong(2, epoch);
      statement.setLong(3, from);
      if (statement.executeUpdate() != 1) {
        throw new FencedException("another writer took the lease");
      }
    }
  }

  void commit() throws CommitUnknownException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new CommitUnknownException(e);
    }
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  void close() {
    Connection old = connection;
    connection = null;
    if (old == null) {
      return;
    }
    try (old) {
      // a broken connection must not go back to its pool alive
      old.abort(Runnable::run);
    } catch (SQLException e) {
      System.getLogger(WriterSession.class.getName()).log(System.Logger.Level.DEBUG, "the writer's old connection", e);
    }
  }

  private void connect() throws SQLException {
    close();
    copied = 0;
    for (int i = 0; connection == null; i++) {
      Connection candidate = database.getConnection();
      if (candidate.isValid(VALID_SECONDS)) {
        connection = candidate;
      } else {
        candidate.close();
        if (i == DEAD_CONNECTIONS) {
          throw new SQLException("the pool has no living connection", "08003");
        }
      }
    }
    connection.setAutoCommit(false);
    Duration silence = settings.databaseTimeout();
    connection.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
    try (var statement = connection.createStatement()) {
      // if this side vanishes in mid-transaction, its row lock must not keep the next writer waiting
      statement.execute("set idle_in_transaction_session_timeout = " + silence.toMillis());
      statement.execute("set synchronous_commit = on");
    }
    connection.commit();
  }
}
