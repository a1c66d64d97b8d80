package ai.qenex.ledger.service;

import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Outcome;
import java.util.List;
import java.util.UUID;

/** One instruction's place in its submission. */
record Slot(Submission submission, int index) {

  Instruction instruction() {
    return submission.instruction(index);
  }

  List<UUID> ids() {
    return submission.ids(index);
  }

  void answer(Outcome outcome) {
    submission.answer(index, outcome);
  }

  void fail(QenexException cause) {
    submission.fail(index, cause);
  }
}
