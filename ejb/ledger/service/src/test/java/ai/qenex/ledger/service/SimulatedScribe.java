package ai.qenex.ledger.service;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A scribe without a thread: a batch that was handed over is written at once, a little later, or at the last moment.
 */
final class SimulatedScribe implements Scribe {

  private final SimulatedWorld world;
  private final Deque<Passage> waiting = new ArrayDeque<>();

  SimulatedScribe(SimulatedWorld world) {
    this.world = world;
  }

  @Override
  public int pieceRows() {
    return 1 + world.below(3);
  }

  @Override
  public boolean take(Passage passage) {
    if (world.below(2) == 0) {
      if (world.below(3) == 0) {
        passage.advance();
      }
      return false;
    }
    if (world.below(3) == 0) {
      writeUpTo(waiting.peekLast());
    }
    waiting.addLast(passage);
    return true;
  }

  @Override
  public boolean hasFinished(Passage passage) {
    if (world.below(2) == 0) {
      writeUpTo(passage);
    }
    return passage.hasEnded();
  }

  @Override
  public void finish(Passage passage) {
    writeUpTo(passage);
  }

  private void writeUpTo(Passage last) {
    while (last != null && !last.hasEnded()) {
      waiting.removeFirst().run();
    }
  }
}
