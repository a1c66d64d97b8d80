package ai.qenex.payments.service;

import ai.qenex.security.FieldCipher;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs work in one database transaction, which other contexts called within it join. */
interface Transactions {

  /** Something to do in a transaction. */
  @FunctionalInterface
  interface Work<T> {

    T in(Connection connection) throws SQLException;
  }

  /**
   * Commits what the work did, or nothing if it throws.
   *
   * @throws ai.qenex.kernel.QenexException {@code STORAGE_FAILED}, or what the work throws
   */
  <T> T run(Work<T> work);

  /** Protects the personal data of what is stored. */
  FieldCipher personal();
}
