package ai.qenex.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A load whose calls arrive at fixed times, whether the server keeps up or not. A call's latency counts from when it
 * should have begun, so that what waits for a slow one before it is counted too (no coordinated omission).
 */
final class FixedRate {

  /** In which the threads begin. */
  private static final Duration LEAD = Duration.ofMillis(100);

  private final int perSecond;
  private final int lanes;

  /** @param lanes connections, of which one that is free takes the next call */
  FixedRate(int perSecond, int lanes) {
    this.perSecond = perSecond;
    this.lanes = lanes;
  }

  /** @throws IllegalStateException if a lane fails */
  Measured run(Stretch stretch, Duration duration, Stretch.Lanes opener) {
    long calls = duration.toNanos() / 1_000_000_000L * perSecond;
    var latencies = new Latencies();
    var next = new AtomicLong();
    var pool = Executors.newFixedThreadPool(lanes);
    var open = new ArrayList<Stretch.Lane>();
    try {
      // a client that posts at a rate has its connections and threads already: opening them is not what is measured
      for (int number = 0; number < lanes; number++) {
        open.add(opener.open(number));
        open.get(number).work();
      }
      Duration serverBefore = stretch.server();
      Duration clientBefore = Stretch.own();
      long start = System.nanoTime() + LEAD.toNanos();
      var work = new ArrayList<Callable<Void>>();
      for (Stretch.Lane lane : open) {
        work.add(() -> {
          drive(lane, new Schedule(start, calls), next, latencies);
          return null;
        });
      }
      for (Future<Void> lane : pool.invokeAll(work)) {
        lane.get();
      }
      return new Measured(calls, Duration.ofNanos(System.nanoTime() - start), stretch.server().minus(serverBefore),
          Stretch.own().minus(clientBefore), latencies);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("a lane of the load cannot be opened: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lane of the load failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private record Schedule(long start, long calls) {}

  private void drive(Stretch.Lane lane, Schedule schedule, AtomicLong next, Latencies latencies)
      throws IOException, SQLException {
    try (lane) {
      for (long call = next.getAndIncrement(); call < schedule.calls; call = next.getAndIncrement()) {
        long due = schedule.start + call * 1_000_000_000L / perSecond;
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
          LockSupport.parkNanos(early);
        }
        lane.work();
        latencies.add(System.nanoTime() - due);
      }
    }
  }
}
