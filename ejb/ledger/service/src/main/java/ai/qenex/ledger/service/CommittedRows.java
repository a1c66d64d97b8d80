package ai.qenex.ledger.service;

import ai.qenex.ledger.engine.LogRow;
import java.util.List;

/** Hears of every batch after its commit, in the writer's thread: must neither wait nor throw. */
@FunctionalInterface
interface CommittedRows {

  /** @param rows at least one, in log order; the list is the writer's and lives only as long as the call */
  void committed(List<LogRow> rows);
}
