package ai.qenex.benchmark;

import ai.qenex.launcher.LaunchSettings;
import ai.qenex.launcher.LocalBank;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a bank still does when five times as much is asked of it as it can do: transfers answered per second against its
 * peak, how long those that are taken wait, and how many are refused. Calls come at fixed times, whether earlier ones
 * were answered or not; who is refused does not try again.
 */
final class OverloadBenchmark {

  private static final int ACCOUNTS = 1_000;
  private static final int PEAK_LANES = 32;
  private static final int FLOOD_LANES = 400;
  private static final int TIMES = 5;
  private static final int GOAL_PERCENT = 80;

  private final Settings settings;
  private final PrintStream out;

  OverloadBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** What became of calls. */
  static final class Tally {
    private final LongAdder refused = new LongAdder();
    private final Latencies taken = new Latencies();

    /** @param status of the answer @param nanos it took since the call was sent */
    void add(int status, long nanos) {
      if (status == 503) {
        refused.increment();
      } else if (status == 201) {
        taken.add(nanos);
      } else {
        throw new IllegalStateException("the bank answered " + status);
      }
    }

    double goodput(Measured measured) {
      return taken.count() / (measured.elapsed().toNanos() / 1e9);
    }
  }

  void run() throws IOException {
    try (LocalBank bank = LocalBank.start(LaunchSettings.ofProcess(), line -> {})) {
      var stretch = new Stretch(bank.server().pid());
      BankLoad load = BankLoad.prepare(bank.baseUrl(), ACCOUNTS);
      stretch.run(PEAK_LANES, Duration.ofSeconds(20), number -> load.singles());
      var table = new MarkdownTable("Overload, " + settings.duration().toSeconds() + " s each", "offered/s",
          "answered/s", "p50 / p99 / max ms of those", "refused", "CPU us/call, server (Java) + client");
      var calm = new Tally();
      Measured peak = stretch.run(PEAK_LANES, settings.duration(), number -> load.singles(calm));
      row(table, "peak: " + PEAK_LANES + " connections, each sends when answered", peak, calm);
      var flood = new Tally();
      int rate = (int) (TIMES * peak.perSecond());
      Measured flooded =
          new FixedRate(rate, FLOOD_LANES).run(stretch, settings.duration(), lane -> load.singles(flood));
      row(table, TIMES + " times the peak, " + FLOOD_LANES + " connections, at fixed times", flooded, flood);
      var after = new Tally();
      Measured again = stretch.run(PEAK_LANES, settings.duration(), number -> load.singles(after));
      row(table, "the peak again, right after", again, after);
      out.println(table);
      double percent = 100 * flood.goodput(flooded) / calm.goodput(peak);
      out.printf(Locale.ROOT, "- goodput under the flood: %.0f %% of the peak, goal at least %d: %s%n%n", percent,
          GOAL_PERCENT, percent >= GOAL_PERCENT ? "reached" : "MISSED");
    }
  }

  private static void row(MarkdownTable table, String what, Measured measured, Tally tally) {
    table.row(what, String.format(Locale.ROOT, "%,.0f", measured.perSecond()),
        String.format(Locale.ROOT, "%,.0f", tally.goodput(measured)), tally.taken.toString(),
        String.format(Locale.ROOT, "%.1f %%", 100.0 * tally.refused.sum() / Math.max(1, measured.operations())),
        String.format(Locale.ROOT, "%.1f + %.1f", measured.serverMicros(), measured.clientMicros()));
  }
}
