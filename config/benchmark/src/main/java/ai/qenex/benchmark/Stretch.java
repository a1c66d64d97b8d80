package ai.qenex.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;

/** Runs a load for a while on some threads and counts what it costs. */
final class Stretch {

  private final long serverPid;
  private final Runnable settle;

  /** @param serverPid the server's process, whose descendants count too */
  Stretch(long serverPid) {
    this(serverPid, () -> {});
  }

  private Stretch(long serverPid, Runnable settle) {
    this.serverPid = serverPid;
    this.settle = settle;
  }

  /** Counts the CPU time of what the load leaves to be done, too; the clock stops before that. */
  Stretch settlingBy(Runnable rest) {
    return new Stretch(serverPid, rest);
  }

  long serverPid() {
    return serverPid;
  }

  /** CPU time of the server so far. */
  Duration server() {
    return ProcessTimes.ofTree(serverPid);
  }

  /** One thread's part of a load. */
  interface Lane extends AutoCloseable {

    /** Does something; answers how many operations that was. */
    int work() throws IOException, SQLException;

    @Override
    default void close() throws IOException, SQLException {}
  }

  /** Opens the lane of a thread. */
  interface Lanes {
    Lane open(int number) throws IOException, SQLException;
  }

  /** @throws IllegalStateException if a lane fails */
  Measured run(int threads, Duration duration, Lanes lanes) {
    long end = System.nanoTime() + duration.toNanos();
    return run(threads, done -> System.nanoTime() < end, lanes);
  }

  /**
   * Runs until about so many operations are done.
   *
   * @throws IllegalStateException if a lane fails
   */
  Measured count(int threads, long operations, Lanes lanes) {
    var all = new LongAdder();
    return run(threads, done -> {
      all.add(done);
      return all.sum() < operations;
    }, lanes);
  }

  private Measured run(int threads, LongPredicate goesOn, Lanes lanes) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      var latencies = new Latencies();
      var work = new ArrayList<Callable<Long>>();
      Duration serverBefore = server();
      Duration clientBefore = own();
      long start = System.nanoTime();
      for (int number = 0; number < threads; number++) {
        int own = number;
        work.add(() -> drive(lanes, own, goesOn, latencies));
      }
      long operations = sum(pool.invokeAll(work));
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      settle.run();
      return new Measured(operations, elapsed, server().minus(serverBefore), own().minus(clientBefore), latencies);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static long drive(Lanes lanes, int number, LongPredicate goesOn, Latencies latencies)
      throws IOException, SQLException {
    long operations = 0;
    try (Lane lane = lanes.open(number)) {
      long begun = System.nanoTime();
      for (int last = 0; goesOn.test(last);) {
        last = lane.work();
        operations += last;
        long done = System.nanoTime();
        latencies.add(done - begun);
        begun = done;
      }
    }
    return operations;
  }

  private static long sum(List<Future<Long>> parts) throws InterruptedException {
    long sum = 0;
    for (Future<Long> part : parts) {
      try {
        sum += part.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a lane of the load failed: " + e.getCause(), e.getCause());
      }
    }
    return sum;
  }

  /** This program without programs it started. */
  static Duration own() {
    return ProcessTimes.ofOne(ProcessHandle.current().pid());
  }
}
