package ai.qenex.ledger.service;

/** Takes large batches to the log in order, while the writer decides the next one. */
interface Scribe {

  /** Rows are given in pieces of about so many. */
  int pieceRows();

  /**
   * Takes the passage if it is worth it by the rows given so far, and begins with it when those before it have ended;
   * more rows may still come.
   *
   * @return false if it did not: the writer asks again when there are more, and runs the passage itself at the end
   */
  boolean take(Passage passage);

  /** Whether {@link #finish} would not have to wait. */
  boolean hasFinished(Passage passage);

  /** Waits until a passage that was taken, and got all its rows, has ended well or ill. */
  void finish(Passage passage);
}
