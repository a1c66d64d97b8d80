package ai.qenex.ledger.service;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A scribe with a thread of its own. */
final class ScribeThread implements Scribe, Runnable {

  private static final int PIECE_ROWS = 512;
  private static final int WORTH_ROWS = 1_024;
  /** One is committed, one is decided. */
  private static final int MOST_WAITING = 4;
  private static final long POLL_MILLIS = 200;

  private final BlockingQueue<Passage> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile boolean stopping;

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
    }
  }

  @Override
  public int pieceRows() {
    return PIECE_ROWS;
  }

  @Override
  public boolean isWorth(int rows) {
    return rows >= WORTH_ROWS;
  }

  @Override
  public void take(Passage passage) {
    waiting.add(passage);
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
