package ai.qenex.benchmark;

import ai.qenex.launcher.EmbeddedDatabase;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerMigration;
import ai.qenex.ledger.service.LedgerSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What it gives to decide the next batch while one is on its way into the log: plain batches with and without that, in
 * turns on one database, each round in the other order and each stretch after a short one for nothing.
 */
final class PipelineBenchmark {

  private static final int LANES = PostingBenchmark.SATURATED_LANES;
  private static final int BATCH = PostingBenchmark.SATURATED_BATCH;
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final Settings settings;
  private final PrintStream out;

  PipelineBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws SQLException {
    Path data = settings.work().resolve("pipeline-" + System.currentTimeMillis());
    try (EmbeddedDatabase postgres = EmbeddedDatabase.startAlone(data, settings.databasePort())) {
      var database = new PGSimpleDataSource();
      database.setUrl(postgres.jdbcUrl());
      LedgerMigration.migrate(database);
      try (Connection connection = database.getConnection()) {
        out.println(Machine.database(connection) + "\n");
        compare(database, new Stretch(Machine.postmaster(connection)));
      }
    }
  }

  private void compare(PGSimpleDataSource database, Stretch stretch) {
    var current = new CurrentEngine();
    PostingLoad load;
    try (LedgerEngine engine = start(database, true)) {
      current.engine = engine;
      load = PostingLoad.prepare(current, settings.accounts());
    }
    var sums = new Measured[2];
    // the first round is for nothing: whatever comes first pays for the compiler, and for files that were never used
    for (int round = 0; round <= settings.rounds(); round++) {
      for (int turn = 0; turn < 2; turn++) {
        int way = (round + turn) % 2;
        try (LedgerEngine engine = start(database, way == 1)) {
          current.engine = engine;
          stretch.run(LANES, WARM_UP, number -> load.lane(PostingLoad.Mode.PLAIN, number, BATCH));
          Measured measured = stretch.settlingBy(() -> awaitProjection(engine))
              .run(LANES, settings.duration(), number -> load.lane(PostingLoad.Mode.PLAIN, number, BATCH));
          if (round > 0) {
            sums[way] = sums[way] == null ? measured : sums[way].plus(measured);
          }
        }
      }
    }
    report(sums[0], sums[1]);
  }

  private static LedgerEngine start(PGSimpleDataSource database, boolean pipelined) {
    LedgerSettings d = LedgerSettings.defaults();
    var engine = new LedgerEngine(database, new LedgerSettings(d.batchLines(), pipelined, d.queuedLines(),
        d.windowIds(), d.idSkew(), d.answerTimeout(), d.databaseTimeout(), d.projectionEntries(), d.projectionDelay(),
        d.rangeEntries(), d.ibans(), d.calendar(), d.firstBusinessDate()), Clock.systemUTC());
    engine.start(Thread::new);
    try {
      if (!engine.awaitStart(Duration.ofMinutes(1))) {
        throw new IllegalStateException("the engine does not start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", e);
    }
    return engine;
  }

  private static void awaitProjection(LedgerEngine engine) {
    while (engine.watermark() < engine.state().committedSeq()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private void report(Measured without, Measured with) {
    var table = new MarkdownTable(
        String.format(Locale.ROOT, "plain batches, %d callers of %,d, %d rounds of %d s", LANES, BATCH,
            settings.rounds(), settings.duration().toSeconds()),
        "transfers/s", "CPU us/transfer, server + client", "p50 / p99 / max ms of a call");
    table.row(without.cells("one batch at a time"));
    table.row(with.cells("the next decided meanwhile"));
    out.println(table);
    out.printf(Locale.ROOT, "- transfers/s with the pipeline: %.1f %% of those without%n",
        with.perSecond() / without.perSecond() * 100);
    out.println("load at the end: " + Machine.state() + "\n");
  }

  /** The engine whose turn it is, over the same accounts. */
  private static final class CurrentEngine implements Ledger {

    private volatile LedgerEngine engine;

    @Override
    public Outcome submit(Instruction instruction) {
      return engine.submit(instruction);
    }

    @Override
    public List<Outcome> submitAll(List<? extends Instruction> instructions) {
      return engine.submitAll(instructions);
    }
  }
}
