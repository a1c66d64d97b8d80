package ai.qenex.ledger.ring.west;

import ai.qenex.ledger.ring.east.East;

/** The other half of a ring of packages. */
public class West {
  East east;
}
