package ai.qenex.benchmark;

import ai.qenex.benchmark.PostingLoad.Mode;
import ai.qenex.ledger.service.LedgerEngine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plain transfers until so many entries are stored: throughput and CPU time million by million. */
final class LongRun {

  private static final long SLICE = 1_000_000;
  /** So many slices at either end are compared: a projection may fall into one and not into the next. */
  private static final int ENDS = 3;
  private static final double LARGEST_GROWTH = 1.2;

  private final PrintStream out;
  private final Stretch stretch;
  private final LedgerEngine engine;
  private final PostingLoad load;

  LongRun(PrintStream out, Stretch stretch, LedgerEngine engine, PostingLoad load) {
    this.out = out;
    this.stretch = stretch.settlingBy(() -> {});
    this.engine = engine;
    this.load = load;
  }

  void until(long stored) {
    var table = new MarkdownTable("stored", "transfers/s", "CPU us/transfer, server + client",
        "p50 / p99 / max ms of a call");
    var slices = new ArrayList<Measured>();
    while (engine.state().committedSeq() < stored) {
      Measured slice = stretch.count(PostingBenchmark.SATURATED_LANES, SLICE,
          number -> load.lane(Mode.PLAIN, number, PostingBenchmark.SATURATED_BATCH));
      slices.add(slice);
      table.row(slice.cells(String.format(Locale.ROOT, "%,d", engine.state().committedSeq())));
    }
    out.println(table);
    Measured all = sum(slices);
    Measured first = sum(slices.subList(0, Math.min(ENDS, slices.size())));
    Measured last = sum(slices.subList(Math.max(0, slices.size() - ENDS), slices.size()));
    double growth = last.cpuMicros() / first.cpuMicros();
    out.println(PostingBenchmark.verdict("durable transfers/s over all", all.perSecond(), 300_000));
    out.printf(Locale.ROOT,
        "- CPU per transfer, last %d million over first: %.1f us / %.1f us = %.2f, goal at most %.1f: %s%n", ENDS,
        last.cpuMicros(), first.cpuMicros(), growth, LARGEST_GROWTH, growth <= LARGEST_GROWTH ? "reached" : "MISSED");
    out.println("machine at the end: " + Machine.state() + "\n");
  }

  private static Measured sum(List<Measured> slices) {
    return slices.stream().reduce(Measured::plus).orElseThrow();
  }
}
