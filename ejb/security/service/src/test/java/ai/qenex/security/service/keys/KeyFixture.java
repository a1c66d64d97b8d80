package ai.qenex.security.service.keys;

import ai.qenex.security.KeyPurpose;
import ai.qenex.security.keys.KeyGuard;
import ai.qenex.security.keys.SoftwareGuard;
import ai.qenex.security.keys.SuitePolicy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of the JVM, a fresh database for each, and nodes on it. */
final class KeyFixture {

  static final SuitePolicy USUAL = new SuitePolicy("", "", Map.of());
  private static EmbeddedPostgres postgres;
  private static int databases;

  final DataSource database;

  KeyFixture() {
    database = newDatabase();
    Flyway.configure().dataSource(database).schemas("security").defaultSchema("security")
        .locations("classpath:db/migration/security").load().migrate();
  }

  /** A key-encrypting key that differs with its number. */
  static KeyGuard guard(int number) {
    byte[] kek = new byte[32];
    kek[0] = (byte) number;
    return new SoftwareGuard(kek, new SecureRandom());
  }

  Node node() {
    return node(guard(1), USUAL);
  }

  Node node(KeyGuard guard, SuitePolicy policy) {
    return node(new KeyRegistry.Guards(guard, Optional.empty()), policy);
  }

  Node node(KeyRegistry.Guards guards, SuitePolicy policy) {
    var registry = new KeyRegistry(database, guards, new KeyRegistry.Rules(policy, Duration.ofMillis(200)),
        InstantSource.system());
    registry.start();
    return new Node(registry, new KeyWork(registry, policy, InstantSource.system()));
  }

  static SuitePolicy signingWith(KeyPurpose purpose, String suite) {
    return new SuitePolicy("", "", Map.of(purpose, suite));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** One node's key service. */
  record Node(KeyRegistry registry, KeyWork work) {}

  private static synchronized DataSource newDatabase() {
    try {
      if (postgres == null) {
        postgres = EmbeddedPostgres.builder().start();
      }
      String name = "keys" + ++databases;
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      var source = new PGSimpleDataSource();
      source.setUrl(postgres.getJdbcUrl("postgres", name));
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError("no database for tests", e);
    }
  }
}
