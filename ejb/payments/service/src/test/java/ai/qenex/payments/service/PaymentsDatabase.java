package ai.qenex.payments.service;

import ai.qenex.security.FieldCipher;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** A PostgreSQL of the test's own with schema {@code payments} laid; its transactions can be told to fail. */
final class PaymentsDatabase implements Transactions, AutoCloseable {

  private final EmbeddedPostgres postgres;
  private Runnable beforeCommit = () -> {};
  private FieldCipher cipher = FakeVault.cipher(1);

  PaymentsDatabase() {
    try {
      postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PaymentsSchema.lay(postgres.getPostgresDatabase());
  }

  /** Rotates the data key to that epoch. */
  void rotateTo(FieldCipher next) {
    cipher = next;
  }

  void beforeCommit(Runnable action) {
    beforeCommit = action;
  }

  @Override
  public FieldCipher personal() {
    return cipher;
  }

  @Override
  public <T> T run(Work<T> work) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      connection.setAutoCommit(false);
      T result = work.in(connection);
      beforeCommit.run();
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Throws away all payments and files. */
  void empty() {
    execute("truncate payments.payment_file, payments.payment_file_part, payments.payment_group, payments.payment,"
        + " payments.statement, payments.statement_part");
  }

  /** Returns once a transaction waits for a lock of another one. */
  void awaitLockWait() {
    Instant deadline = Instant.now().plusSeconds(20);
    while (!run(PaymentsDatabase::isLockWait)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("no transaction came to wait for a lock");
      }
      Thread.onSpinWait();
    }
  }

  private static boolean isLockWait(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select exists (select from pg_locks where not granted)")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  void execute(String sql) {
    run(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return sql;
    });
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
