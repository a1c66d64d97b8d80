package ai.qenex.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Builds everything that is kept beside the log anew from it: account rows, posting lists, business days and sums.
 * Posting and reading go on; what is read is the old until all of the new takes its place at once.
 */
public interface LedgerRebuild {

  /** What becomes of a rebuild. */
  enum State {
    /** None was ever asked for. */
    NONE,
    /** The node that leads takes it up within seconds. */
    WANTED, RUNNING, DONE,
    /** It gave up, and says why. What was in use still is. */
    FAILED
  }

  /**
   * @param seq built up to this entry of the log
   * @param lastSeq of the log
   * @param message why it failed the last time, if it did
   */
  record Progress(State state, long seq, long lastSeq, Optional<Instant> startedAt, Optional<Instant> finishedAt,
      Optional<String> message) {}

  /** Asks for a rebuild; one that is wanted or running already is not begun anew. */
  Progress request();

  Progress progress();
}
