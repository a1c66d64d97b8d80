package ai.qenex.ledger.ring.east;

import ai.qenex.ledger.ring.west.West;

/** Half of a ring of packages. */
public class East {
  West west;
}
