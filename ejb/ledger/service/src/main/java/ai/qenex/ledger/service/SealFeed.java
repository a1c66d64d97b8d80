package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.engine.LogRow;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands what was committed from the writer's memory to the sealer, so that it need not be read again. Bounded and never
 * waiting: what finds no room is left out, and the sealer reads it from the log.
 */
final class SealFeed implements CommittedRows {

  /** Batches that may wait in memory. */
  private static final int BATCHES = 32;

  private final BlockingQueue<LedgerEntry[]> waiting = new ArrayBlockingQueue<>(BATCHES);

  @Override
  public void committed(List<LogRow> rows) {
    if (rows.isEmpty() || waiting.remainingCapacity() == 0) {
      return;
    }
    var entries = new LedgerEntry[rows.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = rows.get(i).entry();
    }
    waiting.offer(entries);
  }

  /** Null if nothing came within the time. */
  LedgerEntry[] poll(long millis) throws InterruptedException {
    return waiting.poll(millis, TimeUnit.MILLISECONDS);
  }
}
