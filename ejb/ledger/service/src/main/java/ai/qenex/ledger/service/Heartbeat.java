package ai.qenex.ledger.service;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Renews the lease several times within its length, in a thread of its own: whatever the writer waits for. */
final class Heartbeat implements Runnable {

  private static final int BEATS_PER_LEASE = 5;
  private static final System.Logger LOG = System.getLogger(Heartbeat.class.getName());

  private final DatabaseLease lease;
  private final Duration pause;
  private final CountDownLatch stopping = new CountDownLatch(1);

  Heartbeat(DatabaseLease lease, Node node) {
    this.lease = lease;
    this.pause = node.lease().dividedBy(BEATS_PER_LEASE);
  }

  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      lease.renew();
    } catch (SQLException | RuntimeException e) {
      // the thread's boundary: a missed beat is made up for by the next one
      LOG.log(Level.WARNING, "The ledger''s lease is not renewed: {0}", e.getMessage());
    }
  }
}
