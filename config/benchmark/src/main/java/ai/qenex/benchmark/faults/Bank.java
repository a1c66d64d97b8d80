package ai.qenex.benchmark.faults;

import java.util.UUID;

/** What clients post to. */
interface Bank {

  /** One attempt, from any thread. */
  Reply post(UUID id, Wish wish);
}
