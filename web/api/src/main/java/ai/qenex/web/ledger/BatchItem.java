package ai.qenex.web.ledger;

import ai.qenex.ledger.Clause;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.web.problem.Problem;
import java.util.UUID;

/** One item of a batch after it was read. */
sealed interface BatchItem {

  /** Ready for the ledger. */
  record Ready(TransferOrder order) implements BatchItem {}

  /**
   * Names an account or asset that does not exist, so the ledger cannot even be asked. Not recorded: the id stays free.
   */
  record Unresolved(UUID id, Clause clause) implements BatchItem {}

  /** A line that is no transfer. */
  record Malformed(Problem problem) implements BatchItem {}
}
