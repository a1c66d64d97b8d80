package ai.qenex.benchmark;

import ai.qenex.benchmark.PostingLoad.Mode;
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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The posting engine without HTTP, in all its modes, against TPC-B and against one transaction per transfer, in turns
 * on one PostgreSQL with the launcher's settings. All write durably; an operation is a transfer with both running
 * balances here, and a transaction there.
 */
final class PostingBenchmark {

  static final int SATURATED_LANES = 8;
  static final int SATURATED_BATCH = 2_048;
  private static final int SCALE = 10;
  private static final int CLIENTS = 8;
  private static final int NATURAL_LANES = 128;
  private static final double GOAL_PER_SECOND = 300_000;
  private static final double GOAL_MANY_PER_SECOND = 250_000;
  private static final double GOAL_RATIO = 60;
  private static final double GOAL_ROW_LOCK_RATIO = 40;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final String PLAIN = Mode.PLAIN.label();
  private static final String NATURAL = "plain, " + NATURAL_LANES + " callers of 1";
  private static final String ROW_LOCKS = "one transaction per transfer, row locks, 8 threads";

  private final Settings settings;
  private final PrintStream out;

  PostingBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws SQLException, InterruptedException {
    if (settings.stored() > 0) {
      onNewDatabase((database, stretch, engine) -> {
        PostingLoad load = PostingLoad.prepare(engine, settings.accounts());
        warmUp(stretch, load);
        new LongRun(out, stretch, engine, load).until(settings.stored());
      });
      return;
    }
    var plain = new Measured[1];
    onNewDatabase((database, stretch, engine) -> plain[0] = compare(database, stretch, engine));
    if (settings.manyAccounts() > 0) {
      onNewDatabase((database, stretch, engine) -> many(stretch, engine, plain[0]));
    }
  }

  private interface Work {
    void on(PGSimpleDataSource database, Stretch stretch, LedgerEngine engine) throws SQLException;
  }

  private void onNewDatabase(Work work) throws SQLException, InterruptedException {
    Path data = settings.work().resolve("posting-" + System.currentTimeMillis());
    try (EmbeddedDatabase postgres = EmbeddedDatabase.startAlone(data, settings.databasePort())) {
      var database = new PGSimpleDataSource();
      database.setUrl(postgres.jdbcUrl());
      LedgerMigration.migrate(database);
      LedgerSettings ledger = LedgerSettings.defaults();
      try (Connection connection = database.getConnection();
          LedgerEngine engine = new LedgerEngine(database, ledger, Clock.systemUTC())) {
        out.printf(Locale.ROOT, "%s%nbatch of at most %,d, projection of at most %,d entries; %d callers of %,d%n%n",
            Machine.database(connection), ledger.batchLines(), ledger.projectionEntries(), SATURATED_LANES,
            SATURATED_BATCH);
        engine.start(byRole());
        if (!engine.awaitStart(Duration.ofMinutes(1))) {
          throw new IllegalStateException("the engine does not start");
        }
        work.on(database, new Stretch(Machine.postmaster(connection)).settlingBy(() -> awaitProjection(engine)),
            engine);
      }
      prove(database);
    }
  }

  /** Threads are named by what they run, so that their time can be told. */
  private static ThreadFactory byRole() {
    return task -> new Thread(task, task.getClass().getSimpleName());
  }

  /** What the projector still has to do belongs to the cost of what was posted. */
  private static void awaitProjection(LedgerEngine engine) {
    while (engine.watermark() < engine.state().committedSeq()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static void warmUp(Stretch stretch, PostingLoad load) {
    stretch.run(SATURATED_LANES, WARM_UP, number -> load.lane(Mode.PLAIN, number, SATURATED_BATCH));
  }

  private Measured compare(PGSimpleDataSource database, Stretch stretch, LedgerEngine engine) throws SQLException {
    PostingLoad load = PostingLoad.prepare(engine, settings.accounts());
    var rowLocks = new RowLocks(database, settings.accounts());
    rowLocks.initialize();
    Optional<Pgbench> pgbench = Pgbench.find(settings.databasePort());
    var tpcB = new TpcB(database, SCALE);
    String rival = pgbench.isPresent() ? "pgbench TPC-B, prepared, 8 clients" : "TPC-B by JDBC, prepared, 8 threads";
    if (pgbench.isPresent()) {
      pgbench.get().initialize(SCALE);
    } else {
      tpcB.initialize();
    }
    warmUp(stretch, load);
    var sums = new LinkedHashMap<String, Measured>();
    for (int round = 0; round < settings.rounds(); round++) {
      for (Mode mode : Mode.values()) {
        add(sums, mode.label(), stretch.run(SATURATED_LANES, settings.duration(),
            number -> load.lane(mode, number, SATURATED_BATCH)));
      }
      add(sums, NATURAL,
          stretch.run(NATURAL_LANES, settings.duration(), number -> load.lane(Mode.PLAIN, number, 1)));
      add(sums, ROW_LOCKS, stretch.run(CLIENTS, settings.duration(), rowLocks::client));
      add(sums, rival, pgbench.isPresent()
          ? rival(pgbench.get(), stretch)
          : stretch.run(CLIENTS, settings.duration(), tpcB::client));
    }
    report(sums, rival);
    new Footprint(out, database, stretch).report(load);
    return sums.get(PLAIN);
  }

  private static void add(Map<String, Measured> sums, String side, Measured measured) {
    sums.merge(side, measured, Measured::plus);
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
    Measured plain = sums.get(PLAIN);
    var table = new MarkdownTable(String.format(Locale.ROOT, "posting, %,d accounts, %d rounds of %d s",
        settings.accounts(), settings.rounds(), settings.duration().toSeconds()),
        "operations/s", "CPU us/operation, server + client", "p50 / p99 / max ms of a call", "CPU, plain = 1");
    sums.forEach((side, measured) -> table.row(measured.cells(side,
        String.format(Locale.ROOT, "%.2f", measured.cpuMicros() / plain.cpuMicros()))));
    out.println(table);
    out.println(verdict("durable transfers/s in batches", plain.perSecond(), GOAL_PER_SECOND));
    out.println(verdict("times less CPU per transfer than TPC-B", sums.get(rival).cpuMicros() / plain.cpuMicros(),
        GOAL_RATIO));
    out.println(verdict("times less CPU per transfer than one transaction with row locks",
        sums.get(ROW_LOCKS).cpuMicros() / plain.cpuMicros(), GOAL_ROW_LOCK_RATIO));
    out.println(verdict("% of the plain rate with amounts of 37 digits",
        100 * sums.get(Mode.LARGE_AMOUNTS.label()).perSecond() / plain.perSecond(), 75));
    for (Mode mode : Mode.values()) {
      if (mode != Mode.PLAIN && mode != Mode.LARGE_AMOUNTS) {
        out.println(verdict("% of the plain rate, " + mode.label(),
            100 * sums.get(mode.label()).perSecond() / plain.perSecond(), 50));
      }
    }
    out.println("machine at the end: " + Machine.state() + "\n");
  }

  private void many(Stretch stretch, LedgerEngine engine, Measured few) {
    PostingLoad load = PostingLoad.prepare(engine, settings.manyAccounts());
    warmUp(stretch, load);
    Measured many = stretch.run(SATURATED_LANES, settings.duration().multipliedBy(settings.rounds()),
        number -> load.lane(Mode.PLAIN, number, SATURATED_BATCH));
    var table = new MarkdownTable(String.format(Locale.ROOT, "posting, %,d accounts", settings.manyAccounts()),
        "operations/s", "CPU us/operation, server + client", "p50 / p99 / max ms of a call", "CPU, plain = 1");
    table.row(many.cells(PLAIN, String.format(Locale.ROOT, "%.2f", many.cpuMicros() / few.cpuMicros())));
    out.println(table);
    out.println(verdict("durable transfers/s", many.perSecond(), GOAL_MANY_PER_SECOND));
    out.println("machine at the end: " + Machine.state() + "\n");
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
