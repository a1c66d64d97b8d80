package ai.qenex.ledger.service;

import ai.qenex.ledger.engine.LedgerState;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The single writer's thread. What queued up while the last commit ran is the next batch; it is decided in memory,
 * copied into the log with the fence in one transaction, and answered after the commit: see {@link WriterTurns}. A
 * writer that lost its lease stops for good.
 */
final class Writer implements Runnable {

  private static final Duration IDLE = Duration.ofMillis(200);
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());

  private final WriterSession session;
  private final WriterTurns turns;
  private final WorkQueue queue;
  private final Health health = new Health();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** @param newState is told the state whenever it was rebuilt */
  Writer(WriterSession session, InstantSource clock, WorkQueue queue, Consumer<LedgerState> newState) {
    this.session = session;
    this.turns = new WriterTurns(session, clock, health, newState);
    this.queue = queue;
  }

  Health health() {
    return health;
  }

  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      serve();
      health.notReady("the ledger is stopping");
    } catch (FencedException e) {
      LOG.log(Level.ERROR, "The ledger''s writer stops: {0}", e.getMessage());
      health.notReady("the ledger's writer is fenced: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      health.notReady("the ledger's writer was interrupted");
    } catch (RuntimeException e) {
      // the thread's boundary: nothing may be written any more, and somebody must look
      LOG.log(Level.ERROR, "The ledger's writer stops", e);
      health.notReady("the ledger's writer broke: " + e.getMessage());
    } finally {
      if (health.whyNotReady().isEmpty()) {
        health.notReady("the ledger's writer ended without order");
      }
      session.close();
      turns.abandon();
      WriterTurns.failAll(queue.close());
    }
  }

  /** Finishes the batch in hand before it stops, unless the database does not answer. */
  private void serve() throws FencedException, InterruptedException {
    while (stopping.getCount() > 0) {
      if (turns.isIdle()) {
        turns.takeIn(queue.take(session.settings().batchLines(), IDLE.toNanos()));
      }
      Duration pause = turns.turn();
      if (!pause.isZero()) {
        stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }
}
