package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.FIRST_DAY;
import static ai.qenex.ledger.service.LedgerFixture.newId;
import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.ExpireHold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which instructions a teller may give. */
class InstructionRolesTest {

  private static final AccountNumber ADA = new AccountNumber(1);
  private static final Instruction POSTING = transfer(ADA, new AccountNumber(2), 1);

  @Test
  void tellersPostAndOpenAccounts() {
    var opening =
        new OpenAccount(newId(), "EUR", "Bank", Product.INTERNAL, Optional.of("clearing.EUR"), Optional.empty());
    assertFalse(InstructionRoles.needOperator(List.of(POSTING, opening)));
    assertFalse(InstructionRoles.needOperator(List.of()));
  }

  @Test
  void tellersHoldCaptureAndReleaseButDoNotReverse() {
    var hold = new PlaceHold(newId(), ADA, Money.ofMinorUnits(1, LedgerFixture.EUR), Optional.empty(), Optional.empty(),
        Optional.empty());
    var release = new ReleaseHold(newId(), hold.id());
    assertFalse(InstructionRoles.needOperator(List.of(hold, release, new LinkedInstructions(List.of(POSTING)))));
    assertTrue(InstructionRoles.needOperator(List.of(new LinkedInstructions(List.of(POSTING, reversal())))));
  }

  private static ReverseTransfer reversal() {
    return new ReverseTransfer(newId(), newId(), Optional.empty(), Optional.empty());
  }

  static List<Instruction> ofOperators() {
    return List.of(
        reversal(), new ExpireHold(newId()),
        new ChangeAccount(newId(), ADA, new ChangeAccount.Freeze()), new OpenBusinessDate(newId(), FIRST_DAY),
        new CloseBusinessDate(newId(), FIRST_DAY));
  }

  @ParameterizedTest
  @MethodSource("ofOperators")
  void needsAnOperatorForAllElse(Instruction instruction) {
    assertTrue(InstructionRoles.needOperator(List.of(instruction)));
    assertTrue(InstructionRoles.needOperator(List.of(POSTING, instruction)));
  }
}
