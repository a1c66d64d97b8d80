package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection for one question, and the assets, which are read once. Questions take part in a transaction if the
 * caller has one, and need none: the log only ever grows at its end.
 */
final class LogAccess {

  /** No range leaves the log between a snapshot and the first look at the log. */
  static final String KEEP_ATTACHED = "lock table ledger.log in access share mode";

  private final DataSource database;
  private volatile AssetTable assets;

  LogAccess(DataSource database) {
    this.database = database;
  }

  /** What is asked of a connection. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** @throws QenexException {@code STORAGE_FAILED} */
  <T> T answer(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      try {
        return question.ask(connection);
      } catch (AssetTable.UnknownAssetException registeredMeanwhile) {
        assets = null;
        return question.ask(connection);
      }
    } catch (ArchiveUnreadableException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, e.getMessage(), e);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the ledger's log cannot be read", e);
    }
  }

  /**
   * Answers from one snapshot of the database. The caller has no transaction of its own.
   *
   * @throws QenexException {@code STORAGE_FAILED}
   */
  <T> T answerFromSnapshot(Question<T> question) {
    return answer(connection -> {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
        statement.execute(ShadowTables.keepInUse());
        statement.execute(KEEP_ATTACHED);
        return question.ask(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    });
  }

  AssetTable assets(Connection connection) throws SQLException {
    AssetTable known = assets;
    if (known == null) {
      known = AssetTable.load(connection);
      assets = known;
    }
    return known;
  }

  LogStore log(Connection connection) throws SQLException {
    return new LogStore(assets(connection));
  }

  /** One figure. */
  static long figure(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The entry up to which the projections follow. */
  static long watermark(Connection connection) throws SQLException {
    return figure(connection, "select seq from ledger.projection where k = 1");
  }
}
