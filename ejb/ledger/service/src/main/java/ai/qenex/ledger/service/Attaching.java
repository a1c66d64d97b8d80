package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerArchives.Archive;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.service.ArchiveFile.Archived;
import ai.qenex.ledger.service.LogRanges.Range;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Takes a detached range back out of its archive, in one transaction: either the log has all its rows again, or its
 * archive still answers for it. The opposite of {@link Detaching}.
 *
 * <p>
 * The rows that stayed are taken as they are, once each was compared with the file; the others come from the file. Of
 * these the floor of the debit account is not known any more: that law was proven before the range was detached.
 */
final class Attaching {

  private static final int FETCH_ROWS = 5_000;
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final System.Logger LOG = System.getLogger(Attaching.class.getName());

  private final LogAccess access;
  private final DataSource database;
  private final InstantSource clock;

  Attaching(DataSource database, InstantSource clock) {
    this.access = new LogAccess(database);
    this.database = database;
    this.clock = clock;
  }

  /**
   * @param file of the archive
   * @throws QenexException {@code CONFLICTING_STATE} with the reason why the range cannot come back, {@code
   * UNAVAILABLE} if the log is too busy to do it now
   */
  void attach(Archive archive, VerifiedArchive file) {
    Optional<String> why = access.answer(connection -> whyItMustStay(connection, archive));
    why = why.isPresent() ? why : file.whyNotReadable(archive);
    if (why.isPresent()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "entries " + archive.first() + " to " + archive.last() + " stay in their archive: " + why.get());
    }
    try (Connection connection = database.getConnection(); ArchiveFile opened = file.open(archive)) {
      connection.setAutoCommit(false);
      try {
        fill(connection, archive, opened);
        swap(connection, archive);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw LOCK_NOT_AVAILABLE.equals(e.getSQLState())
          ? new QenexException(ErrorCode.UNAVAILABLE, "the log is being read and written; ask again", e)
          : new QenexException(ErrorCode.STORAGE_FAILED, "the range cannot be attached", e);
    } catch (IOException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, archive.file() + " cannot be read", e);
    }
    LOG.log(Level.INFO, "Entries {0} to {1} of the log are back from {2}", archive.first(), archive.last(),
        archive.file());
  }

  private static Optional<String> whyItMustStay(Connection connection, Archive archive) throws SQLException {
    return new ArchivedLog(connection).end() == archive.last()
        ? Optional.empty() : Optional.of("newer entries than these are detached");
  }

  private void fill(Connection connection, Archive archive, ArchiveFile file) throws SQLException, IOException {
    LogAccess.figure(connection, "select 1 from ledger.begin_log_range_again(" + archive.first() + ")");
    String table = "ledger.log_back_" + archive.first();
    Map<Long, LedgerEntry> stayed = stayed(connection, table);
    var target = new LogStore(access.assets(connection), LogRanges.only(
        new Range(archive.first(), archive.last(), table)));
    target.begin(connection);
    try {
      file.forEach(archive.first(), archive.last(), entry -> copy(entry, stayed, target));
      target.end();
    } finally {
      target.cancel();
    }
  }

  private static void copy(Archived archived, Map<Long, LedgerEntry> stayed, LogStore target) {
    LedgerEntry entry = archived.entry();
    LedgerEntry kept = stayed.get(entry.seq());
    if (kept != null && !kept.equals(entry)) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "entry " + entry.seq() + " of the log is not what its archive has");
    }
    try {
      if (kept == null) {
        target.append(ArchivedLog.row(archived));
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the range cannot be attached", e);
    }
  }

  private Map<Long, LedgerEntry> stayed(Connection connection, String table) throws SQLException {
    var stayed = new HashMap<Long, LedgerEntry>();
    LogStore log = access.log(connection);
    try (var statement = connection.prepareStatement("select " + LogStore.COLUMNS + " from " + table)) {
      statement.setFetchSize(FETCH_ROWS);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var entry = log.read(rows).entry();
          stayed.put(entry.seq(), entry);
        }
      }
    }
    return stayed;
  }

  private void swap(Connection connection, Archive archive) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(Detaching.LOCK_PATIENCE);
      statement.execute("select ledger.attach_log_range(" + archive.first() + ")");
    }
    try (var update = connection.prepareStatement("update ledger.archive set detached_at = null, transfers = null, "
        + "attached_at = ? where first_seq = ? and detached_at is not null")) {
      update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      update.setLong(2, archive.first());
      if (update.executeUpdate() != 1) {
        throw new SQLException("another node attached the range");
      }
    }
  }
}
