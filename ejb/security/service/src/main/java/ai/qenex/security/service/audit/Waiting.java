package ai.qenex.security.service.audit;

import ai.qenex.security.AuditEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** An event on its way into the log, and whoever waits for it. */
final class Waiting {

  private enum State {
    OPEN, WRITTEN, ABANDONED
  }

  final AuditEvent event;
  /** Whether it must be on disk, and not only in the log, before its caller goes on. */
  final boolean durable;
  private final CountDownLatch written = new CountDownLatch(1);
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private volatile long seq;

  Waiting(AuditEvent event, boolean durable) {
    this.event = event;
    this.durable = durable;
  }

  /** Answers the record's number, or 0 if it was not written in time; then {@link #written} will answer false. */
  long await(Duration patience) throws InterruptedException {
    boolean inTime = written.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    return inTime || !state.compareAndSet(State.OPEN, State.ABANDONED) ? seq : 0;
  }

  /** It stands in the log. Answers false if its caller has given up. */
  boolean written(long number) {
    seq = number;
    boolean awaited = state.compareAndSet(State.OPEN, State.WRITTEN);
    written.countDown();
    return awaited;
  }
}
