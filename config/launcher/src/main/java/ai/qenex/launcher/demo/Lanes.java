package ai.qenex.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Work done in a few lanes side by side; within a lane one piece after the other. */
final class Lanes {

  private Lanes() {}

  /** Runs each lane in a thread of its own; the first fault of any of them is thrown when all have ended. */
  static <T> void run(List<List<T>> lanes, Consumer<T> work) {
    ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (List<T> lane : lanes) {
        running.add(threads.submit(() -> lane.forEach(work)));
      }
      for (Future<?> lane : running) {
        lane.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DemoFaultException fault ? fault
          : new DemoFaultException("a lane broke: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFaultException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Pieces of at most {@code size} items, in order. */
  static <T> List<List<T>> pieces(List<T> items, int size) {
    return IntStream.range(0, (items.size() + size - 1) / size)
        .mapToObj(i -> items.subList(i * size, Math.min(items.size(), (i + 1) * size))).toList();
  }
}
