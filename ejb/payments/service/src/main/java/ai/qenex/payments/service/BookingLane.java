package ai.qenex.payments.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * A thread beside the one that judges a file, which books one chunk while the next is judged. Chunks are booked in
 * their order, one at a time; a fault shows when the next chunk is handed over, or at the end.
 */
final class BookingLane implements AutoCloseable {

  private final Booking booking;
  private final ExecutorService thread;
  private Future<?> underWay;

  BookingLane(Booking booking, ThreadFactory threads) {
    this.booking = booking;
    this.thread = Executors.newSingleThreadExecutor(threads);
  }

  /** Waits for the chunk before, then has this one booked. */
  void book(List<PaymentRow> accepted) {
    await();
    underWay = thread.submit(() -> booking.book(accepted));
  }

  /** Waits until all that was handed over is booked. @throws RuntimeException that a chunk's booking ended with */
  void await() {
    Future<?> last = underWay;
    underWay = null;
    if (last != null) {
      try {
        last.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QenexException(ErrorCode.UNAVAILABLE, "interrupted while a chunk was being booked", e);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
