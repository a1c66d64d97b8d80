package ai.qenex.ledger.service;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A scribe with a thread of its own. If that ends, it takes nothing more, and what it had fails before its commit. */
final class ScribeThread implements Scribe, Runnable {

  private static final int PIECE_ROWS = 512;
  /** To hand over fewer costs more than to write them. */
  private static final int WORTH_ROWS = 1_024;
  /** One is committed, one is decided. */
  private static final int MOST_WAITING = 4;
  private static final long POLL_MILLIS = 200;

  private final BlockingQueue<Passage> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile boolean stopping;
  private volatile boolean ended;

  /** Ends the thread once nothing waits any more. */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    try {
      while (!stopping || !waiting.isEmpty()) {
        Passage next = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          next.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      cancelWaiting();
    }
  }

  private void cancelWaiting() {
    for (Passage passage = waiting.poll(); passage != null; passage = waiting.poll()) {
      passage.cancel();
    }
  }

  @Override
  public int pieceRows() {
    return PIECE_ROWS;
  }

  @Override
  public boolean take(Passage passage) {
    if (ended || passage.rows() < WORTH_ROWS || !waiting.offer(passage)) {
      return false;
    }
    if (ended) {
      // it ended meanwhile, and may not have seen this one
      cancelWaiting();
    }
    return true;
  }

  @Override
  public boolean hasFinished(Passage passage) {
    return passage.hasEnded();
  }

  @Override
  public void finish(Passage passage) {
    passage.awaitEnd();
  }
}
