package ai.qenex.ledger;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.util.Optional;

/**
 * Whether this node leads: of the nodes on one database a single one writes the ledger and does what must be done once
 * (projections, relays, expiries, recoveries, jobs); the others stand by.
 *
 * <p>
 * Timers ask {@link #leads} at each round and do nothing on a standby. It is no lock: the lead may be lost a moment
 * later, so what is done must stay right if it is done twice.
 */
public interface Leadership {

  /** Whether this node leads now. Costs nothing. */
  boolean leads();

  /** This node's name. */
  String node();

  /** The name of the node that leads, as last heard; empty if none is known. */
  Optional<String> leader();

  /** @throws QenexException {@code NOT_LEADER} unless this node leads */
  default void requireLead() {
    if (!leads()) {
      throw new QenexException(ErrorCode.NOT_LEADER, standingBy());
    }
  }

  /** One sentence for those who ask a standby. */
  default String standingBy() {
    return "node " + node() + " is standby; "
        + leader().map(leader -> "node " + leader + " leads").orElse("none leads");
  }
}
