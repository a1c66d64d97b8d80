package ai.qenex.ledger.service;

/** Takes large batches to the log in order, while the writer decides the next one. */
interface Scribe {

  /** Rows are given in pieces of about so many. */
  int pieceRows();

  /** Of a batch with fewer rows the writer waits for the commit itself: to hand it over would cost more. */
  boolean isWorth(int rows);

  /** Begins with the passage when those before it have ended; its rows may still come. */
  void take(Passage passage);

  /** Whether {@link #finish} would not have to wait. */
  boolean hasFinished(Passage passage);

  /** Waits until a passage that was taken, and got all its rows, has ended well or ill. */
  void finish(Passage passage);
}
