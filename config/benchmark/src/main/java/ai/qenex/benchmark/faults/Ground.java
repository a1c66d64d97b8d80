package ai.qenex.benchmark.faults;

import ai.qenex.launcher.EmbeddedDatabase;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerMigration;
import ai.qenex.ledger.service.LedgerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** A real database with the ledger's schema and funded accounts, for drivers that need no server. */
final class Ground implements AutoCloseable {

  static final int ACCOUNTS = 6;
  static final long OPENING_CENTS = 100_000_00;
  private static final Duration START = Duration.ofMinutes(1);

  private final Path folder;
  private final EmbeddedDatabase database;
  private final List<Long> accounts;

  /** @param folder for the database, not there yet */
  Ground(Path folder) {
    this.folder = folder;
    this.database = EmbeddedDatabase.startAlone(folder, Nodes.freePorts(1).get(0));
    LedgerMigration.migrate(source());
    try (var engine = new LedgerEngine(source(), LedgerSettings.defaults(), Clock.systemUTC())) {
      started(engine);
      accounts = EngineBank.open(engine, ACCOUNTS, OPENING_CENTS);
    }
  }

  /** Starts it and waits until it is ready. */
  static LedgerEngine started(LedgerEngine engine) {
    engine.start(Thread::new);
    try {
      if (!engine.awaitStart(START)) {
        throw new IllegalStateException("the engine does not start: " + engine.whyNotReady());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return engine;
  }

  PGSimpleDataSource source() {
    var source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    return source;
  }

  Connection connection() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl());
  }

  EmbeddedDatabase database() {
    return database;
  }

  /** Kills the database and starts it again. */
  void killDatabase() {
    database.kill();
    database.startAgain();
  }

  Path folder() {
    return folder;
  }

  List<Long> accounts() {
    return accounts;
  }

  Books books() {
    return new Books(accounts, OPENING_CENTS);
  }

  @Override
  public void close() {
    database.close();
  }
}
