package ai.qenex.benchmark;

import ai.qenex.launcher.EmbeddedDatabase;
import ai.qenex.ledger.LedgerSeal;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerMigration;
import ai.qenex.ledger.service.LedgerSettings;
import ai.qenex.ledger.service.SealProof;
import ai.qenex.ledger.service.SealReading;
import ai.qenex.ledger.service.SealSettings;
import ai.qenex.ledger.service.Sealing;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What sealing costs: the posting engine at full load with and without it, in turns in one run. Sealing must not slow
 * posting by more than 5 %. On a machine that others use neither the clock nor the difference of two stretches tells
 * that, so the sealing thread's own CPU time is set against that of posting, per transfer and in the same stretch.
 */
final class SealBenchmark {

  private static final int ACCOUNTS = 100_000;
  private static final int LANES = 4;
  private static final int BATCH = 2_048;
  private static final double GOAL_PERCENT = 5;

  private final Settings settings;
  private final PrintStream out;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long sealingNanos;

  SealBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws SQLException, InterruptedException {
    Path data = settings.work().resolve("seal-" + System.currentTimeMillis());
    try (EmbeddedDatabase postgres = EmbeddedDatabase.startAlone(data, settings.databasePort())) {
      var database = new PGSimpleDataSource();
      database.setUrl(postgres.jdbcUrl());
      LedgerMigration.migrate(database);
      try (Connection connection = database.getConnection();
          LedgerEngine engine = new LedgerEngine(database, LedgerSettings.defaults(), Clock.systemUTC())) {
        out.println(Machine.database(connection) + "\n");
        engine.start(Thread::new);
        if (!engine.awaitStart(Duration.ofMinutes(1))) {
          throw new IllegalStateException("the engine does not start");
        }
        measure(database, new Stretch(Machine.postmaster(connection)), engine, data.resolve("keys"));
      }
    }
  }

  private void measure(PGSimpleDataSource database, Stretch stretch, LedgerEngine engine, Path keys) {
    var bench = new Bench(database, stretch, engine, keys);
    // both ways once for nothing: whatever comes first pays for the compiler, and for files that were never used
    bench.without();
    bench.with();
    sealingNanos = 0;
    Measured without = null;
    Measured with = null;
    for (int round = 0; round < settings.rounds(); round++) {
      boolean sealedFirst = round % 2 == 1;
      Measured first = sealedFirst ? bench.with() : bench.without();
      Measured second = sealedFirst ? bench.without() : bench.with();
      without = plus(without, sealedFirst ? second : first);
      with = plus(with, sealedFirst ? first : second);
    }
    report(without, with, database);
  }

  private static Measured plus(Measured sum, Measured more) {
    return sum == null ? more : sum.plus(more);
  }

  /** One stretch of posting, alone or with sealing beside it. */
  private final class Bench {

    private final PGSimpleDataSource database;
    private final Stretch stretch;
    private final LedgerEngine engine;
    private final Path keys;
    private final PostingLoad load;

    Bench(PGSimpleDataSource database, Stretch stretch, LedgerEngine engine, Path keys) {
      this.database = database;
      this.stretch = stretch;
      this.engine = engine;
      this.keys = keys;
      this.load = PostingLoad.prepare(engine, ACCOUNTS);
    }

    Measured without() {
      return run(stretch.settlingBy(() -> await(() -> engine.watermark(), engine)));
    }

    Measured with() {
      LedgerSeal seal = new SealReading(database);
      try (var sealing = new Sealing(database, engine, SealSettings.defaults(keys), Clock.systemUTC())) {
        var thread = new AtomicReference<Thread>();
        sealing.start(work -> {
          thread.set(new Thread(work));
          return thread.get();
        });
        await(seal::sealedUpTo, engine); // what was posted while nobody sealed does not count
        long before = threads.getThreadCpuTime(thread.get().getId());
        Measured sealed = run(stretch.settlingBy(() -> {
          await(() -> engine.watermark(), engine);
          await(seal::sealedUpTo, engine);
        }));
        sealingNanos += threads.getThreadCpuTime(thread.get().getId()) - before;
        return sealed;
      }
    }

    private Measured run(Stretch settling) {
      return settling.run(LANES, settings.duration(), number -> load.lane(PostingLoad.Mode.PLAIN, number, BATCH));
    }
  }

  private interface Progress {
    long seq();
  }

  private static void await(Progress progress, LedgerEngine engine) {
    while (progress.seq() < engine.state().committedSeq()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void report(Measured without, Measured with, PGSimpleDataSource database) {
    var table =
        new MarkdownTable("sealing, " + settings.rounds() + " rounds of " + settings.duration().toSeconds() + " s",
            "transfers/s", "CPU us/transfer, server + client", "p50 / p99 / max ms of a call");
    table.row(without.cells("posting alone"));
    table.row(with.cells("posting and sealing"));
    out.println(table);
    double micros = sealingNanos / 1e3 / with.operations();
    double percent = micros / (with.cpuMicros() - micros) * 100;
    out.printf(Locale.ROOT,
        "- CPU time of the sealing thread: %.2f us/transfer, %.1f %% of posting, goal at most %.0f: %s%n",
        micros, percent, GOAL_PERCENT, percent <= GOAL_PERCENT ? "reached" : "MISSED");
    out.printf(Locale.ROOT, "- transfers/s with sealing: %.1f %% of those without%n",
        with.perSecond() / without.perSecond() * 100);
    long start = System.nanoTime();
    var proof = new SealProof(database);
    out.printf(Locale.ROOT, "- the first 300,000 entries hashed again from the database: %s, %.1f s%n",
        proof.violation().orElse("as they were sealed"), (System.nanoTime() - start) / 1e9);
    out.println("load at the end: " + Machine.state() + "\n");
  }
}
