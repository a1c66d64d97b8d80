package ai.qenex.security.service.audit;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.AuditLine;
import ai.qenex.security.audit.AuditVerification;
import ai.qenex.security.audit.AuditVerification.Finding;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** One PostgreSQL for all tests of the JVM, a fresh database for each, and an engine on it. */
final class AuditFixture implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static EmbeddedPostgres postgres;
  private static int databases;

  final MessageSigner signer =
      SignatureSuites.signer(SignatureSuites.newKeys("Ed25519", new SecureRandom()));
  final DataSource database;
  final Path folder;
  final AuditReading reading;
  private final List<AuditEngine> engines = new ArrayList<>();

  AuditFixture(Path folder) {
    this.folder = folder;
    database = newDatabase();
    Flyway.configure().dataSource(database).schemas("security").defaultSchema("security")
        .locations("classpath:db/migration/security").load().migrate();
    reading = new AuditReading(database);
  }

  private static synchronized DataSource newDatabase() {
    try {
      if (postgres == null) {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setPGStartupWait(PATIENCE).start();
      }
      String name = "audit" + ++databases;
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      return postgres.getDatabase("postgres", name);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("no database for a test", e);
    }
  }

  static AuditSettings settings(Path folder, String node, int queued) {
    return new AuditSettings(true, node, false, queued, Duration.ofSeconds(20), Duration.ofMillis(50), folder);
  }

  AuditEngine start(String node) throws InterruptedException {
    return start(settings(folder, node, 10_000));
  }

  AuditEngine start(AuditSettings settings) throws InterruptedException {
    var engine = new AuditEngine(database, settings, () -> signer, Clock.systemUTC());
    engine.start(Thread::new);
    if (!engine.awaitStart(PATIENCE)) {
      throw new IllegalStateException("the engine does not start: " + engine.whyNotReady());
    }
    engines.add(engine);
    return engine;
  }

  static AuditEvent event(String subject, AuditOutcome outcome) {
    return AuditEvent.of(AuditKind.ACTION, "POST transfers", new AuditSubject("transfer", subject), outcome)
        .by(AuditOrigin.of("demo-teller", List.of("teller"), "192.0.2.7", "c-" + subject));
  }

  /** All records as they are exported. */
  List<AuditRecord> export() {
    var all = new ArrayList<AuditRecord>();
    List<AuditRecord> some = reading.records(1, 1_000);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = reading.records(all.size() + 1, all.size() + 1_000);
    }
    return all;
  }

  /** The log against the heads that lie outside the database. */
  Optional<Finding> verify() throws IOException {
    Iterator<String> heads = copiedHeads().iterator();
    var audit = new AuditVerification(
        () -> heads.hasNext() ? Optional.of(AuditLine.head(heads.next())) : Optional.empty(), this::whyNotSigned);
    for (AuditRecord record : export()) {
      Optional<Finding> finding = audit.record(AuditLine.record(AuditLine.of(record)));
      if (finding.isPresent()) {
        return finding;
      }
    }
    return audit.end();
  }

  private Optional<String> whyNotSigned(AuditHead head) {
    return SignatureSuites.verify(head.suite(), signer.publicKey(), head.form(), head.signature()) ? Optional.empty()
        : Optional.of("not signed by us");
  }

  List<String> copiedHeads() throws IOException {
    var lines = new ArrayList<String>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  /** Past triggers, as who owns the database can. */
  void tamper(String sql) throws SQLException {
    try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  void awaitSigned() {
    await("everything is signed", () -> reading.latestHead().map(AuditHead::size).orElse(0L) == reading.size());
  }

  @Override
  public void close() {
    engines.forEach(AuditEngine::close);
  }
}
