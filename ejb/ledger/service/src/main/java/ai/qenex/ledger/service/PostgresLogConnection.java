package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.engine.BusinessDay;
import ai.qenex.ledger.engine.ClosedPeriod;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.Replay;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/** The writer's connection to PostgreSQL. */
final class PostgresLogConnection implements LogConnection {

  private static final int FETCH_ROWS = 5_000;

  private final PostgresLog log;
  private final Connection connection;
  private AssetTable assets;

  PostgresLogConnection(PostgresLog log, Connection connection) {
    this.log = log;
    this.connection = connection;
  }

  @Override
  public Optional<Fence> raiseEpoch(long low, long high) throws SQLException {
    String sql =
        "update ledger.writer set epoch = epoch + 1 where k = 1 and epoch between ? and ? returning epoch, seq";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, low);
      statement.setLong(2, high);
      try (var row = statement.executeQuery()) {
        return row.next() ? Optional.of(new Fence(row.getLong(1), row.getLong(2))) : Optional.empty();
      }
    }
  }

  @Override
  public Fence lockFence() throws SQLException {
    return fence("select epoch, seq from ledger.writer where k = 1 for update");
  }

  @Override
  public Fence fence() throws SQLException {
    return fence("select epoch, seq from ledger.writer where k = 1");
  }

  private Fence fence(String sql) throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      return new Fence(row.getLong(1), row.getLong(2));
    }
  }

  @Override
  public Collection<Asset> beginSnapshot() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read");
      statement.execute(ShadowTables.keepInUse());
      statement.execute(LogAccess.KEEP_ATTACHED);
    }
    assets = AssetTable.load(connection);
    log.useRows(assets);
    return assets.all();
  }

  @Override
  public long watermark() throws SQLException {
    return LogAccess.watermark(connection);
  }

  @Override
  public void loadProjections(Replay replay) throws SQLException {
    loadAccounts(replay);
    new HoldRows(connection, assets).forEachOpen(replay::hold);
    loadDays(replay);
    loadPeriods(replay);
  }

  private void loadAccounts(Replay replay) throws SQLException {
    String sql =
        "select number, id, address, iban, alias, asset, owner, product, status, overdraft_limit, balance, last_seq "
            + "from ledger.account order by number";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          replay.account(account(row), LogStore.amount(row.getString(11)), row.getLong(12));
        }
      }
    }
  }

  private Account account(ResultSet row) throws SQLException {
    Optional<Amount> limit = Optional.ofNullable(row.getString(10)).map(LogStore::amount);
    return new Account(
        new AccountNumber(row.getLong(1)), row.getObject(2, UUID.class), row.getString(3),
        Optional.ofNullable(row.getString(4)).map(Iban::new), Optional.ofNullable(row.getString(5)),
        assets.byId(row.getShort(6)), row.getString(7), Product.ofCode(row.getString(8)).orElseThrow(),
        AccountStatus.valueOf(row.getString(9).toUpperCase(Locale.ROOT)), limit);
  }

  private void loadPeriods(Replay replay) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select through, seq, closed_at from ledger.period order by through")) {
      while (row.next()) {
        replay.period(new ClosedPeriod(row.getObject(1, LocalDate.class), row.getLong(2),
            row.getObject(3, OffsetDateTime.class).toInstant()));
      }
    }
  }

  private void loadDays(Replay replay) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement
            .executeQuery("select date, opened_seq, opened_at, closed_seq from ledger.business_day order by date")) {
      while (row.next()) {
        Long closed = row.getObject(4, Long.class);
        replay.day(new BusinessDay(
            new BusinessDate(row.getObject(1, LocalDate.class)), row.getLong(2),
            row.getObject(3, OffsetDateTime.class).toInstant(),
            closed == null ? OptionalLong.empty() : OptionalLong.of(closed)));
      }
    }
  }

  @Override
  public Instant bookedAt(long seq) throws SQLException {
    try (var statement = connection.prepareStatement("select booked_at from ledger.log where seq = ?")) {
      statement.setLong(1, seq);
      try (var row = statement.executeQuery()) {
        if (row.next()) {
          return row.getObject(1, OffsetDateTime.class).toInstant();
        }
      }
    }
    return new ArchivedLog(connection).bySeq(seq).map(LedgerEntry::bookedAt).orElse(Instant.EPOCH);
  }

  @Override
  public void scan(long after, Consumer<LogRow> receiver) throws SQLException {
    log.rows().scan(connection, after, Long.MAX_VALUE, receiver);
  }

  @Override
  public void scanIds(long after, Consumer<UUID> receiver) throws SQLException {
    var archived = new ArchivedLog(connection);
    long end = archived.end();
    archived.scan(after, end, row -> receiver.accept(row.entry().id()));
    try (var statement = connection.prepareStatement("select id from ledger.log where seq > ? order by seq")) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setLong(1, Math.max(after, end));
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          receiver.accept(row.getObject(1, UUID.class));
        }
      }
    }
  }

  @Override
  public Map<UUID, LogRow> find(Collection<UUID> ids) throws SQLException {
    return log.rows().find(connection, ids);
  }

  @Override
  public Map<UUID, LogRow> findReferred(Collection<UUID> ids) throws SQLException {
    return log.rows().findReferred(connection, ids);
  }

  @Override
  public void beginCopy() throws SQLException {
    log.rows().begin(connection);
  }

  @Override
  public void append(LogRow row) throws SQLException {
    log.rows().append(row);
  }

  @Override
  public void endCopy() throws SQLException {
    log.rows().end();
  }

  @Override
  public boolean moveFence(Fence from, long to) throws SQLException {
    try (var statement =
        connection.prepareStatement("update ledger.writer set seq = ? where k = 1 and epoch = ? and seq = ?")) {
      statement.setLong(1, to);
      statement.setLong(2, from.epoch());
      statement.setLong(3, from.seq());
      return statement.executeUpdate() == 1;
    }
  }

  @Override
  public boolean takesAtOnce(List<LogRow> rows) {
    return log.rows().takesAtOnce(rows);
  }

  @Override
  public boolean writeAtOnce(List<LogRow> rows, Fence from) throws SQLException, CommitUnknownException {
    connection.setAutoCommit(true);
    boolean written = log.rows().writeAtOnce(connection, rows, from);
    connection.setAutoCommit(false);
    return written;
  }

  @Override
  public void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() {
    try (connection) {
      // a broken connection must not go back to its pool alive
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      System.getLogger(PostgresLog.class.getName()).log(Level.DEBUG, "the writer's old connection", e);
    }
  }
}
