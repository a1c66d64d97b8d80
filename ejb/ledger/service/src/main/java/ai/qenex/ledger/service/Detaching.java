package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerArchives.Archive;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Lets a range leave the database for its archive, in one transaction: either the log has its rows, or the range is
 * entered as detached and {@link ArchivedLog} answers for it.
 */
final class Detaching {

  /** Rather this gives way than readers and the writer, who queue behind it. */
  static final String LOCK_PATIENCE = "set local lock_timeout = '2s'";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String UNSUMMED = "select count(*) from ledger.business_day d where d.opened_seq <= %d and "
      + "(d.closed_seq is null or not exists (select from ledger.gl_day_summed s where s.business_date = d.date))";
  private static final System.Logger LOG = System.getLogger(Detaching.class.getName());

  private final LogAccess access;
  private final DataSource database;
  private final VerifiedArchive file;
  private final InstantSource clock;

  Detaching(DataSource database, VerifiedArchive file, InstantSource clock) {
    this.access = new LogAccess(database);
    this.database = database;
    this.file = file;
    this.clock = clock;
  }

  /**
   * @throws QenexException {@code CONFLICTING_STATE} with the reason why the range must stay, {@code UNAVAILABLE} if
   * the log is too busy to do it now
   */
  void detach(Archive archive) {
    Optional<String> why = access.answerFromSnapshot(connection -> whyItMustStay(connection, archive));
    why = why.isPresent() ? why : file.whyNotReadable(archive);
    if (why.isPresent()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "entries " + archive.first() + " to " + archive.last() + " stay in the database: " + why.get());
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        swap(connection, archive);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw LOCK_NOT_AVAILABLE.equals(e.getSQLState())
          ? new QenexException(ErrorCode.UNAVAILABLE, "the log is being read and written; ask again", e)
          : new QenexException(ErrorCode.STORAGE_FAILED, "the range cannot be detached", e);
    }
    LOG.log(Level.INFO, "Entries {0} to {1} of the log are in {2} only", archive.first(), archive.last(),
        archive.file());
  }

  private static Optional<String> whyItMustStay(Connection connection, Archive archive) throws SQLException {
    long watermark = LogAccess.watermark(connection);
    if (new ArchivedLog(connection).end() + 1 != archive.first()) {
      return Optional.of("older entries are still there");
    }
    if (watermark < archive.last()) {
      return Optional.of("the projections are at entry " + watermark);
    }
    if (LogAccess.figure(connection, UNSUMMED.formatted(archive.last())) > 0) {
      return Optional.of("a business date that began up to there is not closed, or not added up yet");
    }
    List<String> broken = new ArrayList<>(
        new LawQueries(connection, watermark).violations(archive.first() - 1, archive.last()));
    broken.addAll(new PostingProof(connection).violations(archive.first() - 1, archive.last()));
    return broken.stream().findFirst();
  }

  private void swap(Connection connection, Archive archive) throws SQLException {
    long transfers;
    try (var statement = connection.createStatement()) {
      statement.execute(LOCK_PATIENCE);
      transfers = LogAccess.figure(connection, "select ledger.detach_log_range(" + archive.first() + ")");
    }
    try (var update = connection.prepareStatement("update ledger.archive set detached_at = ?, transfers = ? "
        + "where first_seq = ? and detached_at is null")) {
      update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      update.setLong(2, transfers);
      update.setLong(3, archive.first());
      if (update.executeUpdate() != 1) {
        throw new SQLException("another node detached the range");
      }
    }
  }
}
