package ai.qenex.ledger.service;

import ai.qenex.ledger.Allocate;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.ConvertCurrency;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.Sweep;
import java.util.Collection;

/**
 * What a teller may ask of the ledger: to post, to hold, capture and release, to allocate, to sweep, to convert and to
 * open accounts, internal ones too, since a payment that he enters may be the first over its clearing account. All else
 * is for operators and for the bank's own work.
 */
final class InstructionRoles {

  private InstructionRoles() {}

  /** Whether one of them is not for tellers. */
  static boolean needOperator(Collection<? extends Instruction> instructions) {
    for (Instruction instruction : instructions) {
      if (!(instruction instanceof PostTransfers || isForTellers(instruction))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForTellers(Instruction instruction) {
    if (instruction instanceof LinkedInstructions group) {
      return !needOperator(group.parts());
    }
    return instruction instanceof PlaceHold || instruction instanceof CaptureHold || instruction instanceof ReleaseHold
        || instruction instanceof OpenAccount || instruction instanceof Allocate || instruction instanceof Sweep
        || instruction instanceof ConvertCurrency;
  }
}
