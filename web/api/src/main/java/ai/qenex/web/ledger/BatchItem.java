package ai.qenex.web.ledger;

import ai.qenex.ledger.TransferOrder;
import ai.qenex.web.problem.Problem;
import java.util.UUID;

/** One item of a batch after it was read. */
sealed interface BatchItem {

  /** Ready for the ledger. */
  record Ready(TransferOrder order) implements BatchItem {}

  /**
   * Names an account or asset that does not exist or that the client may not move, so the ledger is not even asked. Not
   * recorded: the id stays free.
   */
  record Unresolved(UUID id, String code) implements BatchItem {}

  /** A line that is no transfer. */
  record Malformed(Problem problem) implements BatchItem {}
}
