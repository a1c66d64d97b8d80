package ai.qenex.ledger.service;

/** No scribe: the writer takes every batch to the log itself, a large one while it decides it. */
final class AbsentScribe implements Scribe {

  private static final int PIECE_ROWS = 512;

  @Override
  public int pieceRows() {
    return PIECE_ROWS;
  }

  @Override
  public boolean take(Passage passage) {
    if (passage.rows() >= PIECE_ROWS) {
      passage.advance();
    }
    return false;
  }

  @Override
  public boolean hasFinished(Passage passage) {
    return passage.hasEnded();
  }

  @Override
  public void finish(Passage passage) {
    throw new IllegalStateException("nothing was taken");
  }
}
