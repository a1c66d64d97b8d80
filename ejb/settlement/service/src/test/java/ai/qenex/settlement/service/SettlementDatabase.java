package ai.qenex.settlement.service;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A PostgreSQL of the test's own with schema {@code settlement} laid. */
final class SettlementDatabase implements AutoCloseable {

  private final EmbeddedPostgres postgres;

  SettlementDatabase() {
    try {
      postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SettlementMigration.migrate(postgres.getPostgresDatabase());
  }

  DataSource source() {
    return postgres.getPostgresDatabase();
  }

  /** A connection in a transaction. */
  Connection begin() throws SQLException {
    Connection connection = source().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Runs one statement in a transaction of its own. */
  void run(String sql) throws SQLException {
    try (Connection connection = source().getConnection(); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
