package ai.qenex.ledger;

import java.util.List;
import java.util.UUID;

/**
 * Something asked of the ledger. {@link #decide} is a pure function of the view it is given: no clock, no randomness,
 * no I/O, no memory of earlier calls; it may be called again for the same instruction after a crash.
 */
public interface Instruction {

  /** The most lines one instruction may have. */
  int MAX_LINES = 10_000;

  /**
   * The idempotency ids of its lines, 1 to {@value #MAX_LINES}, all different. Each becomes the id of one log entry.
   */
  List<UUID> ids();

  /** A hash of everything that was asked in line {@code index}: an id that comes back with another one is refused. */
  long fingerprint(int index);

  Decision decide(LedgerView view);
}
