package ai.qenex.benchmark;

import ai.qenex.launcher.LaunchSettings;
import ai.qenex.launcher.LocalBank;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A whole bank over HTTP: batches of transfers, one transfer at a time while idle and at a fixed rate, single transfers
 * against requests that do nothing, a payment file of 100,000 transactions, and a million transfers in one request.
 */
final class HttpBenchmark {

  private static final int ACCOUNTS = 1_000;
  private static final int BATCH = 500;
  private static final int BATCH_LANES = 8;
  private static final int SINGLE_LANES = 32;
  private static final int IDLE_CALLS = 1_000;
  private static final Duration IDLE_PAUSE = Duration.ofMillis(5);
  private static final int FIXED_RATE = 1_000;
  private static final int PAYMENTS = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  /** A minute and more: until then the compiler takes half a core, as it does once in a server's life. */
  private static final Duration WARM_UP = Duration.ofSeconds(70);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BATCHES = BATCH_LANES + " connections, batches of " + BATCH;
  private static final String SINGLES = SINGLE_LANES + " connections, POST /api/v1/transfers";
  private static final String NOTHING = SINGLE_LANES + " connections, POST that does nothing";

  private final Settings settings;
  private final PrintStream out;

  HttpBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws IOException {
    if (settings.url().isPresent()) {
      measure(settings.url().get(), ProcessHandle.current().pid());
      return;
    }
    long start = System.nanoTime();
    try (LocalBank bank = LocalBank.start(LaunchSettings.ofProcess(), line -> {})) {
      long pid = bank.server().pid();
      out.printf(Locale.ROOT, "Bank ready %.1f s after its launch, server %d MiB resident%n%n",
          (System.nanoTime() - start) / 1e9, ProcessTimes.residentMebibytes(pid));
      measure(bank.baseUrl(), pid);
      out.printf(Locale.ROOT, "Server after all that: %d MiB resident, heap limit %s%n%n",
          ProcessTimes.residentMebibytes(pid), bank.settings().heap());
    }
  }

  private void measure(URI base, long serverPid) throws IOException {
    var stretch = new Stretch(serverPid);
    BankLoad load = BankLoad.prepare(base, ACCOUNTS);
    if (!settings.wants("http")) {
      new BulkUpload(load, stretch, serverPid, out).run(2);
      return;
    }
    stretch.run(BATCH_LANES, WARM_UP.dividedBy(7), number -> load.batches(BATCH));
    stretch.run(SINGLE_LANES, WARM_UP.multipliedBy(6).dividedBy(7),
        number -> number % 2 == 0 ? load.singles() : load.nothing());
    Measured idle = idle(load);
    var sums = new LinkedHashMap<String, Measured>();
    for (int round = 0; round < settings.rounds(); round++) {
      add(sums, BATCHES, stretch.run(BATCH_LANES, settings.duration(), number -> load.batches(BATCH)));
      add(sums, SINGLES, stretch.run(SINGLE_LANES, settings.duration(), number -> load.singles()));
      add(sums, NOTHING, stretch.run(SINGLE_LANES, settings.duration(), number -> load.nothing()));
    }
    Measured fixed = new FixedRate(FIXED_RATE, SINGLE_LANES).run(stretch, settings.duration(), lane -> load.singles());
    double seconds = paymentFile(load);
    report(sums, idle, fixed, seconds);
    new BulkUpload(load, stretch, serverPid, out).run(2);
  }

  private static void add(Map<String, Measured> sums, String side, Measured measured) {
    sums.merge(side, measured, Measured::plus);
  }

  /** One caller with pauses, so that nothing else is in hand. */
  private static Measured idle(BankLoad load) throws IOException {
    var latencies = new Latencies();
    long start = System.nanoTime();
    try (Stretch.Lane lane = load.singles()) {
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

  /** Seconds from the first byte sent until every payment is booked. */
  private double paymentFile(BankLoad load) throws IOException {
    byte[] document = SalaryDocument.of("BENCH" + System.currentTimeMillis(), LocalDate.now(ZoneOffset.UTC),
        load.customers(), PAYMENTS);
    try (HttpLane lane = load.lane()) {
      long start = System.nanoTime();
      JsonNode receipt =
          JSON.readTree(lane.post("/api/v1/payment-files", "application/xml", document).expected().body());
      double taken = (System.nanoTime() - start) / 1e9;
      JsonNode file = receipt;
      while (file.path("finishedAt").isMissingNode() || file.path("finishedAt").isNull()) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IllegalStateException("the payment file is not finished: " + file);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        file = JSON.readTree(lane.get("/api/v1/payment-files/" + receipt.get("id").textValue()).expected().body());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(Locale.ROOT,
          "Payment file of %,d transactions, %.1f MB: received after %.1f s, %s after %.1f s, %s%n%n",
          PAYMENTS, document.length / 1e6, taken, file.get("status").asText(), seconds, file.get("byStatus"));
      return seconds;
    }
  }

  private void report(Map<String, Measured> sums, Measured idle, Measured fixed, double fileSeconds) {
    var table = new MarkdownTable("HTTP, " + settings.rounds() + " rounds of " + settings.duration().toSeconds() + " s",
        "operations/s", "CPU us/operation, server (Java) + client", "p50 / p99 / max ms of a request");
    sums.forEach((side, measured) -> table.row(measured.cells(side)));
    table.row(fixed.cells(FIXED_RATE + "/s at fixed times, from when each is due, POST /api/v1/transfers"));
    table.row(
        idle.cells("1 connection, a pause of " + IDLE_PAUSE.toMillis() + " ms before each POST /api/v1/transfers"));
    out.println(table);
    double share = sums.get(SINGLES).perSecond() / sums.get(NOTHING).perSecond();
    out.println(PostingBenchmark.verdict("transfers/s in batches over HTTP", sums.get(BATCHES).perSecond(), 150_000));
    out.println(PostingBenchmark.verdict("single transfers/s over HTTP", sums.get(SINGLES).perSecond(), 10_000));
    out.println(PostingBenchmark.verdict("percent of the requests that do nothing", share * 100, 60));
    out.println(p99("batches", sums.get(BATCHES), 100));
    out.println(p99("single transfers", sums.get(SINGLES), 25));
    out.println(p99("at " + FIXED_RATE + "/s", fixed, 10));
    out.println(p99("idle", idle, 10));
    out.printf(Locale.ROOT, "- payment file booked in %.1f s, goal below 20: %s%n", fileSeconds,
        fileSeconds < 20 ? "reached" : "MISSED");
    out.println("load at the end: " + Machine.state() + "\n");
  }

  private static String p99(String what, Measured measured, int goalMillis) {
    double millis = measured.latencies().millisAt(99);
    return String.format(Locale.ROOT, "- %s: p99 %.2f ms, goal below %d: %s", what, millis, goalMillis,
        millis < goalMillis ? "reached" : "MISSED");
  }
}
