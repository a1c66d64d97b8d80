package ai.qenex.benchmark;

import ai.qenex.launcher.LaunchSettings;
import ai.qenex.launcher.LocalBank;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What authentication and the audit log cost {@code POST /api/v1/transfers}. Two banks are up, one of them without the
 * audit log, and take turns; the same answer is asked for with and without a token, and a request that needs a role and
 * does nothing stands beside them.
 */
final class SecurityBenchmark {

  private static final int ACCOUNTS = 500;
  private static final int LANES = 16;
  private static final int IDLE_CALLS = 400;
  private static final int PORTS_BETWEEN = 50;
  private static final Duration IDLE_PAUSE = Duration.ofMillis(5);
  private static final Duration WARM_UP = Duration.ofSeconds(45);
  private static final String TRANSFER = "POST /api/v1/transfers, all on";
  private static final String UNAUDITED = "POST /api/v1/transfers, audit off";
  private static final String NOTHING = "POST that does nothing, with a token and a role";
  private static final String KNOWN = "GET /health/live, with a token";
  private static final String ANONYMOUS = "GET /health/live, without";

  private final Settings settings;
  private final PrintStream out;
  private final Map<String, Measured> loaded = new LinkedHashMap<>();
  private final Map<String, Measured> idle = new LinkedHashMap<>();

  SecurityBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws IOException {
    LaunchSettings first = LaunchSettings.ofProcess();
    LaunchSettings.Ports ports = first.ports();
    LaunchSettings second = new LaunchSettings(first.data().resolveSibling("bank-unaudited"),
        new LaunchSettings.Ports(ports.http() + PORTS_BETWEEN, ports.https() + PORTS_BETWEEN,
            ports.management() + PORTS_BETWEEN, ports.database() + PORTS_BETWEEN),
        false, first.heap(), first.server(), first.ear());
    try (LocalBank audited = LocalBank.start(first, line -> {});
        LocalBank unaudited = LocalBank.start(second, Map.of("qenex.audit.enabled", "false"), line -> {})) {
      measure(audited, unaudited);
    }
    report();
  }

  private void measure(LocalBank audited, LocalBank unaudited) throws IOException {
    BankLoad with = BankLoad.prepare(audited.baseUrl(), ACCOUNTS);
    BankLoad without = BankLoad.prepare(unaudited.baseUrl(), ACCOUNTS);
    var stretch = new Stretch(audited.server().pid());
    var other = new Stretch(unaudited.server().pid());
    stretch.run(LANES, WARM_UP, number -> switch (number % 6) {
      case 0, 1 -> with.singles();
      case 2, 3 -> without.singles();
      case 4 -> with.nothing();
      default -> with.alive(number % 4 == 1);
    });
    for (int round = 0; round < settings.rounds(); round++) {
      add(loaded, TRANSFER, stretch.run(LANES, settings.duration(), number -> with.singles()));
      add(loaded, UNAUDITED, other.run(LANES, settings.duration(), number -> without.singles()));
      add(loaded, NOTHING, stretch.run(LANES, settings.duration(), number -> with.nothing()));
      add(loaded, KNOWN, stretch.run(LANES, settings.duration(), number -> with.alive(true)));
      add(loaded, ANONYMOUS, stretch.run(LANES, settings.duration(), number -> with.alive(false)));
      add(idle, TRANSFER, alone(with.singles()));
      add(idle, UNAUDITED, alone(without.singles()));
      add(idle, KNOWN, alone(with.alive(true)));
      add(idle, ANONYMOUS, alone(with.alive(false)));
    }
  }

  private static void add(Map<String, Measured> sums, String side, Measured measured) {
    sums.merge(side, measured, Measured::plus);
  }

  /** One caller with pauses, so that nothing else is in hand. */
  private static Measured alone(Stretch.Lane caller) throws IOException {
    var latencies = new Latencies();
    long start = System.nanoTime();
    try (Stretch.Lane lane = caller) {
      for (int i = 0; i < IDLE_CALLS; i++) {
        LockSupport.parkNanos(IDLE_PAUSE.toNanos());
        long begun = System.nanoTime();
        lane.work();
        latencies.add(System.nanoTime() - begun);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("HTTP knows no SQL", e);
    }
    return new Measured(IDLE_CALLS, Duration.ofNanos(System.nanoTime() - start), Duration.ZERO, Duration.ZERO,
        latencies);
  }

  private void report() {
    var table = new MarkdownTable("Cost of security, " + settings.rounds() + " rounds of "
        + settings.duration().toSeconds() + " s", "operations/s", "CPU us/operation, server (Java) + client",
        "p50 / p99 / max ms of a request");
    loaded.forEach((side, measured) -> table.row(measured.cells(LANES + " connections, " + side)));
    idle.forEach((side, measured) -> table.row(measured.cells("1 connection, 5 ms between requests, " + side)));
    out.println(table);
    double audit = 100 - 100 * loaded.get(TRANSFER).perSecond() / loaded.get(UNAUDITED).perSecond();
    double token = loaded.get(KNOWN).serverMicros() - loaded.get(ANONYMOUS).serverMicros();
    // PostgreSQL's CPU is not in the divisor, so this share is too high rather than too low
    double share = 100 * token / loaded.get(UNAUDITED).cpuMicros();
    out.printf(Locale.ROOT, "- audit: %.1f %% of throughput, %.1f us of the server (Java)%n", audit,
        loaded.get(TRANSFER).serverMicros() - loaded.get(UNAUDITED).serverMicros());
    out.printf(Locale.ROOT, "- token: %.1f us of the server, %.1f %% of a transfer without audit%n", token, share);
    out.println(verdict("both, percent of throughput", audit + share, 25));
    out.println(verdict("both, ms of p50 of a caller alone",
        p50(TRANSFER) - p50(UNAUDITED) + p50(KNOWN) - p50(ANONYMOUS), 1));
    out.println("load at the end: " + Machine.state() + "\n");
  }

  private double p50(String side) {
    return idle.get(side).latencies().millisAt(50);
  }

  private static String verdict(String what, double figure, int most) {
    return String.format(Locale.ROOT, "- %s: %.2f, goal at most %d: %s", what, figure, most,
        figure <= most ? "reached" : "MISSED");
  }
}
