package ai.qenex.payments.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.DataVault;
import ai.qenex.security.FieldCipher;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Transactions of the server, for beans that manage them. Within a transaction of the thread, work is a part of that
 * one.
 */
final class JtaTransactions implements Transactions {

  private final UserTransaction transaction;
  private final DataSource database;
  private final DataVault vault;

  JtaTransactions(UserTransaction transaction, DataSource database, DataVault vault) {
    this.transaction = transaction;
    this.database = database;
    this.vault = vault;
  }

  @Override
  public FieldCipher personal() {
    return vault.cipher(DataVault.ONLY_TENANT);
  }

  @Override
  public <T> T run(Work<T> work) {
    try {
      if (transaction.getStatus() == Status.STATUS_ACTIVE) {
        try (Connection connection = database.getConnection()) {
          return work.in(connection);
        }
      }
      transaction.begin();
      boolean done = false;
      try {
        T result;
        try (Connection connection = database.getConnection()) {
          result = work.in(connection);
        }
        transaction.commit();
        done = true;
        return result;
      } finally {
        if (!done && transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
          transaction.rollback();
        }
      }
    } catch (SQLException | NotSupportedException | SystemException | RollbackException | HeuristicMixedException
        | HeuristicRollbackException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "payments cannot be stored: " + e.getMessage(), e);
    }
  }
}
