package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Iban;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.engine.BusinessDay;
import ai.qenex.ledger.engine.IdWindow;
import ai.qenex.ledger.engine.LedgerState;
import ai.qenex.ledger.engine.Replay;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Rebuilds the writer's memory from the database: the snapshot at the projection's watermark, then the log behind it
 * with every running balance compared, then the window of recent ids.
 */
final class Recovery {

  private static final int FETCH_ROWS = 5_000;

  private final LedgerSettings settings;

  Recovery(LedgerSettings settings) {
    this.settings = settings;
  }

  /** What a writer needs in memory. */
  record Memory(LedgerState state, IdWindow window, LogStore log) {}

  /**
   * Reads it all in one snapshot of the database, so that a projection that runs meanwhile does no harm.
   *
   * @param lastSeq the entry that the fence names as the last one
   * @throws QenexException {@code INVARIANT_BROKEN} if what is stored contradicts itself
   */
  Memory load(Connection connection, long lastSeq) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read");
    }
    AssetTable assets = AssetTable.load(connection);
    var log = new LogStore(assets);
    var state = new LedgerState(assets.all());
    var replay = new Replay(state);
    long watermark = watermark(connection);
    loadAccounts(connection, assets, replay);
    loadDays(connection, replay);
    replay.snapshotTaken(watermark, bookedAt(connection, watermark));
    log.scan(connection, watermark, Long.MAX_VALUE, row -> replay.entry(row.entry()));
    replay.finish();
    if (state.lastSeq() != lastSeq) {
      throw new QenexException(ErrorCode.INVARIANT_BROKEN,
          "the log ends with entry " + state.lastSeq() + " but the writer's fence is at " + lastSeq);
    }
    IdWindow window = loadWindow(connection, lastSeq);
    connection.commit();
    return new Memory(state, window, log);
  }

  private static long watermark(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select seq from ledger.projection where k = 1")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Instant bookedAt(Connection connection, long seq) throws SQLException {
    try (var statement = connection.prepareStatement("select booked_at from ledger.log where seq = ?")) {
      statement.setLong(1, seq);
      try (var row = statement.executeQuery()) {
        return row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : Instant.EPOCH;
      }
    }
  }

  private static void loadAccounts(Connection connection, AssetTable assets, Replay replay) throws SQLException {
    String sql =
        "select number, id, address, iban, alias, asset, owner, product, status, overdraft_limit, balance, last_seq "
            + "from ledger.account order by number";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          replay.account(account(row, assets), LogStore.amount(row.getString(11)), row.getLong(12));
        }
      }
    }
  }

  private static Account account(ResultSet row, AssetTable assets) throws SQLException {
    Optional<Amount> limit = Optional.ofNullable(row.getString(10)).map(LogStore::amount);
    return new Account(
        new AccountNumber(row.getLong(1)), row.getObject(2, UUID.class), row.getString(3),
        Optional.ofNullable(row.getString(4)).map(Iban::new), Optional.ofNullable(row.getString(5)),
        assets.byId(row.getShort(6)), row.getString(7), Product.ofCode(row.getString(8)).orElseThrow(),
        AccountStatus.valueOf(row.getString(9).toUpperCase(Locale.ROOT)), limit);
  }

  private static void loadDays(Connection connection, Replay replay) throws SQLException {
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

  private IdWindow loadWindow(Connection connection, long lastSeq) throws SQLException {
    var window = new IdWindow(settings.windowIds());
    long before = lastSeq - settings.windowIds();
    if (before > 0) {
      // no id was ever taken in that was dated further ahead of its booking than the skew
      window.startAfter(bookedAt(connection, before).plus(settings.idSkew()));
    }
    try (var statement = connection.prepareStatement("select id from ledger.log where seq > ? order by seq")) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setLong(1, before);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          window.add(row.getObject(1, UUID.class));
        }
      }
    }
    return window;
  }
}
