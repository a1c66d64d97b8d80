package ai.qenex.security.service.approval;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one transaction of its own, whatever the caller's does. */
record Transactions(DataSource database) {

  /** Something to do in a transaction. */
  @FunctionalInterface
  interface Work<T> {

    T in(Connection connection) throws SQLException;
  }

  /** Commits what the work did, or nothing if it throws. @throws QenexException {@code STORAGE_FAILED} */
  <T> T run(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.in(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "Approvals cannot be read or written", e);
    }
  }
}
