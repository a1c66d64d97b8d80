package ai.qenex.ledger.service;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Follows the log and keeps what is read from it: posting lists, account rows, business days and the watermark. It
 * never holds up the writer, and starts from its watermark after any failure.
 *
 * <p>
 * Little is projected soon; under a flood it waits until there is much, because a projection's cost is per account it
 * touches.
 */
final class Projector implements Runnable {

  private static final Duration POLL = Duration.ofMillis(20);
  /** So often the stored watermark is looked at while there is nothing new: a database that died may have lost it. */
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  /** Up to so many entries are little. */
  private static final int LITTLE = 5_000;
  /** So often as long as little waits much at most. */
  private static final int FLOOD_FACTOR = 150;
  private static final System.Logger LOG = System.getLogger(Projector.class.getName());

  private final ProjectionDatabase database;
  private final LedgerSettings settings;
  private final LongSupplier committedSeq;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile long watermark;
  /** When something new was seen first; zero while there is nothing. */
  private long newSince;
  private long lookedAt;

  /** @param committedSeq the last entry that is in the log for certain */
  Projector(ProjectionDatabase database, LedgerSettings settings, LongSupplier committedSeq) {
    this.database = database;
    this.settings = settings;
    this.committedSeq = committedSeq;
  }

  void stop() {
    stopping.countDown();
  }

  long watermark() {
    return watermark;
  }

  @Override
  public void run() {
    try {
      while (!isStopping(Duration.ZERO)) {
        try {
          follow();
        } catch (SQLException | RuntimeException e) {
          // the thread's boundary: what it broke on is logged, the writer goes on, and it starts again from its
          // watermark
          LOG.log(Level.WARNING, "The ledger's projection failed and starts again", e);
          isStopping(PAUSE_AFTER_FAILURE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping(Duration after) throws InterruptedException {
    return stopping.await(after.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void follow() throws SQLException, InterruptedException {
    newSince = 0;
    while (!isStopping(POLL)) {
      turn(System.nanoTime());
    }
  }

  /**
   * Looks once whether there is something to project, and does it if it is due.
   *
   * @param nowNanos a clock that never goes back
   */
  void turn(long nowNanos) throws SQLException {
    long committed = committedSeq.getAsLong();
    long behind = committed - watermark;
    if (behind <= 0) {
      newSince = 0;
      lookedAt = lookedAt == 0 ? nowNanos : lookedAt;
      if (committed > 0 && nowNanos - lookedAt >= LOOK.toNanos()) {
        lookedAt = nowNanos;
        project();
      }
      return;
    }
    newSince = newSince == 0 ? nowNanos : newSince;
    if (isDue(behind, nowNanos - newSince)) {
      project();
      newSince = 0;
    }
  }

  private boolean isDue(long behind, long nanos) {
    long delay = settings.projectionDelay().toNanos();
    return behind >= settings.projectionEntries() || nanos >= (behind <= LITTLE ? delay : delay * FLOOD_FACTOR);
  }

  private void project() throws SQLException {
    try (ProjectionDatabase.Transaction transaction = database.begin()) {
      long from = transaction.lockWatermark();
      long to = Math.min(committedSeq.getAsLong(), from + settings.projectionEntries());
      if (to > from) {
        transaction.project(from, to);
      }
      transaction.commit();
      watermark = Math.max(from, to);
    }
  }
}
