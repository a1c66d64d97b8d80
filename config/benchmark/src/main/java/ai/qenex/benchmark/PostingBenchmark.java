package ai.qenex.benchmark;

import ai.qenex.launcher.EmbeddedDatabase;
import ai.qenex.ledger.LedgerCheck;
import ai.qenex.ledger.service.BookProof;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerMigration;
import ai.qenex.ledger.service.LedgerSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The posting engine without HTTP against TPC-B, in turns on one PostgreSQL with the launcher's settings. Both write
 * durably; an operation is a transfer with both running balances here, and a TPC-B transaction there.
 */
final class PostingBenchmark {

  private static final int ACCOUNTS = 100_000;
  private static final int SCALE = 10;
  private static final int CLIENTS = 8;
  private static final int SATURATED_LANES = 4;
  private static final int SATURATED_BATCH = 2_048;
  private static final int NATURAL_LANES = 128;
  private static final double GOAL_PER_SECOND = 150_000;
  private static final double GOAL_RATIO = 30;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final String SATURATED =
      "engine, " + SATURATED_LANES + " callers of " + String.format(Locale.ROOT, "%,d", SATURATED_BATCH);
  private static final String NATURAL = "engine, " + NATURAL_LANES + " callers of 1";

  private final Settings settings;
  private final PrintStream out;

  PostingBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws SQLException, InterruptedException {
    Path data = settings.work().resolve("posting-" + System.currentTimeMillis());
    try (EmbeddedDatabase postgres = EmbeddedDatabase.startAlone(data, settings.databasePort())) {
      var database = new PGSimpleDataSource();
      database.setUrl(postgres.jdbcUrl());
      LedgerMigration.migrate(database);
      try (Connection connection = database.getConnection();
          LedgerEngine engine =
              new LedgerEngine(database, LedgerSettings.defaults(), Clock.systemUTC())) {
        out.println(Machine.database(connection) + "\n");
        engine.start(Thread::new);
        if (!engine.awaitStart(Duration.ofMinutes(1))) {
          throw new IllegalStateException("the engine does not start");
        }
        measure(database, new Stretch(Machine.postmaster(connection)), engine);
      }
      prove(database);
    }
  }

  private void measure(PGSimpleDataSource database, Stretch stretch, LedgerEngine engine) throws SQLException {
    PostingLoad load = PostingLoad.prepare(engine, ACCOUNTS);
    Optional<Pgbench> pgbench = Pgbench.find(settings.databasePort());
    var tpcB = new TpcB(database, SCALE);
    String rival = pgbench.isPresent() ? "pgbench TPC-B, prepared, 8 clients" : "TPC-B by JDBC, prepared, 8 threads";
    if (pgbench.isPresent()) {
      pgbench.get().initialize(SCALE);
    } else {
      tpcB.initialize();
    }
    stretch.run(SATURATED_LANES, WARM_UP, number -> load.lane(number, SATURATED_BATCH));
    var sums = new LinkedHashMap<String, Measured>();
    for (int round = 0; round < settings.rounds(); round++) {
      add(sums, SATURATED, stretch.settlingBy(() -> awaitProjection(engine)).run(SATURATED_LANES, settings.duration(),
          number -> load.lane(number, SATURATED_BATCH)));
      add(sums, rival, pgbench.isPresent()
          ? rival(pgbench.get(), stretch)
          : stretch.run(CLIENTS, settings.duration(), tpcB::client));
      add(sums, NATURAL, stretch.settlingBy(() -> awaitProjection(engine)).run(NATURAL_LANES, settings.duration(),
          number -> load.lane(number, 1)));
    }
    report(sums, rival);
  }

  private static void add(Map<String, Measured> sums, String side, Measured measured) {
    sums.merge(side, measured, Measured::plus);
  }

  /** What the projector still has to do belongs to the cost of what was posted. */
  private static void awaitProjection(LedgerEngine engine) {
    while (engine.watermark() < engine.state().committedSeq()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private Measured rival(Pgbench pgbench, Stretch stretch) {
    Duration server = stretch.server();
    Duration client = ProcessTimes.ofEndedChildren();
    long start = System.nanoTime();
    Pgbench.Result result = pgbench.run(CLIENTS, settings.duration(), "prepared");
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new Measured(result.transactions(), elapsed, stretch.server().minus(server),
        ProcessTimes.ofEndedChildren().minus(client), new Latencies());
  }

  private void report(Map<String, Measured> sums, String rival) {
    var table =
        new MarkdownTable("posting, " + settings.rounds() + " rounds of " + settings.duration().toSeconds() + " s",
            "operations/s", "CPU us/operation, server + client", "p50 / p99 / max ms of a call");
    sums.forEach((side, measured) -> table.row(measured.cells(side)));
    out.println(table);
    Measured engine = sums.get(SATURATED);
    double ratio = sums.get(rival).cpuMicros() / engine.cpuMicros();
    out.println(verdict("durable transfers/s in batches", engine.perSecond(), GOAL_PER_SECOND));
    out.println(verdict("times less CPU per operation than TPC-B", ratio, GOAL_RATIO));
    out.println("load at the end: " + Machine.state() + "\n");
  }

  static String verdict(String what, double measured, double goal) {
    return String.format(Locale.ROOT, "- %s: %,.1f, goal at least %,.0f: %s", what, measured, goal,
        measured >= goal ? "reached" : "MISSED");
  }

  private void prove(PGSimpleDataSource database) {
    long start = System.nanoTime();
    LedgerCheck.Report report = new BookProof(database, InstantSource.system()).check();
    out.printf(Locale.ROOT, "Ledger check over %,d entries in %.1f s: %s%n%n", report.entries(),
        (System.nanoTime() - start) / 1e9, report.passed() ? "all laws hold" : report.violations());
  }
}
