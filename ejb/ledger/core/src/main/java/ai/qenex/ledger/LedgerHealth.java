package ai.qenex.ledger;

import java.util.Optional;

/** Whether this node can post. */
public interface LedgerHealth {

  /** Empty if it can; otherwise one sentence that says why not. */
  Optional<String> whyNotReady();
}
