package ai.qenex.kernel;

import ai.qenex.ledger.Meeting;

/** The kernel stands below everybody. */
public class LooksUp {
  Meeting meeting;
}
