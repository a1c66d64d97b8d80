package ai.qenex.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a stretch of work cost.
 *
 * @param operations how many were done
 * @param elapsed by the clock
 * @param server CPU time of the server's processes
 * @param client CPU time of the load's processes
 */
record Measured(long operations, Duration elapsed, Duration server, Duration client, Latencies latencies) {

  double perSecond() {
    return operations / (elapsed.toNanos() / 1e9);
  }

  double serverMicros() {
    return micros(server);
  }

  double clientMicros() {
    return micros(client);
  }

  /** Server and client together, in microseconds per operation. */
  double cpuMicros() {
    return serverMicros() + clientMicros();
  }

  private double micros(Duration cpu) {
    return operations == 0 ? 0 : cpu.toNanos() / 1e3 / operations;
  }

  /** Both, as one longer stretch. */
  Measured plus(Measured other) {
    var all = new Latencies();
    all.addAll(latencies);
    all.addAll(other.latencies);
    return new Measured(operations + other.operations, elapsed.plus(other.elapsed), server.plus(other.server),
        client.plus(other.client), all);
  }

  /** As {@link #cells(String)}, with one more. */
  String[] cells(String what, String more) {
    String[] cells = cells(what);
    String[] all = Arrays.copyOf(cells, cells.length + 1);
    all[cells.length] = more;
    return all;
  }

  String[] cells(String what) {
    return new String[] {what, String.format(Locale.ROOT, "%,.0f", perSecond()),
        String.format(Locale.ROOT, "%.1f + %.1f", serverMicros(), clientMicros()), latencies.toString()};
  }
}
