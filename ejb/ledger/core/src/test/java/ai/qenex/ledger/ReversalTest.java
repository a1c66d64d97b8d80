package ai.qenex.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.qenex.ledger.ChangeAccount.Freeze;
import ai.qenex.ledger.ChangeAccount.Side;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.engine.TestLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** REVERSAL-1: a transfer is undone once, by a transfer like any other. */
class ReversalTest {

  private final TestLedger ledger = new TestLedger();
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);
  private final AccountNumber bob = ledger.open(Product.CURRENT);

  private UUID post(AccountNumber debit, AccountNumber credit, long cents) {
    PostTransfers transfer = ledger.transfer(debit, credit, cents);
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(transfer));
    return transfer.ids().get(0);
  }

  private ReverseTransfer reversal(UUID transfer) {
    return new ReverseTransfer(ledger.newId(), transfer, Optional.of("Entered twice"), Optional.empty());
  }

  @Test
  void swapsTheAccountsAndNamesTheTransfer() {
    UUID paid = post(vault, ada, 500);
    var posted = (TransferPosted) ((Outcome.Accepted) ledger.submit(reversal(paid))).entries().get(0);
    assertEquals(List.of(ada, vault, Optional.of(new Link.Reverses(paid)), Optional.of("Entered twice")),
        List.of(posted.debit(), posted.credit(), posted.link(), posted.reference()));
    assertEquals(0, ledger.booked(ada));
  }

  @Test
  void undoesItOnce() {
    UUID paid = post(vault, ada, 500);
    ReverseTransfer first = reversal(paid);
    Outcome done = ledger.submit(first);
    assertEquals(((Outcome.Accepted) done).entries(), ((Outcome.Accepted) ledger.submit(first)).entries());
    assertEquals(Map.of("transfer", paid.toString(), "reversal", first.id().toString()),
        ledger.figuresOf(reversal(paid)));
    assertEquals(Clause.TRANSFER_ALREADY_REVERSED, ledger.clauseOf(reversal(paid)));
    assertEquals(Clause.REVERSAL_NOT_REVERSIBLE, ledger.clauseOf(reversal(first.id())));
  }

  @Test
  void undoesOnceWithinOneGroup() {
    UUID paid = post(vault, ada, 500);
    assertEquals(Clause.TRANSFER_ALREADY_REVERSED,
        ledger.clauseOf(new LinkedInstructions(List.of(reversal(paid), reversal(paid)))));
    assertEquals(500, ledger.booked(ada));
  }

  @Test
  void undoesNothingThatWasNotPosted() {
    PostTransfers refused = ledger.transfer(ada, bob, 500);
    ledger.submit(refused);
    assertEquals(Clause.TRANSFER_NOT_FOUND, ledger.clauseOf(reversal(refused.ids().get(0))));
    assertEquals(Clause.TRANSFER_NOT_FOUND, ledger.clauseOf(reversal(ledger.newId())));
  }

  @Test
  void takesNothingBackThatIsNotThereOrNotFree() {
    UUID paid = post(vault, ada, 500);
    UUID spent = post(ada, bob, 1);
    assertEquals("4.99", ledger.figuresOf(reversal(paid)).get("available"));
    ledger.change(bob, new Freeze(Side.DEBITS));
    assertEquals(Clause.ACCOUNT_FROZEN, ledger.clauseOf(reversal(spent)));
  }

  /** Ada was paid what Bob should have been: put right as one. */
  @Test
  void correctsAsOneLinkedGroup() {
    UUID wrong = post(vault, ada, 500);
    ReverseTransfer undo = reversal(wrong);
    Instruction right = ledger.transfer(vault, bob, 500);
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(new LinkedInstructions(List.of(undo, right))));
    assertEquals(0, ledger.booked(ada));
    assertEquals(500, ledger.booked(bob));
    UUID other = post(vault, ada, 500);
    ledger.change(bob, new Freeze());
    assertEquals(Clause.ACCOUNT_FROZEN,
        ledger.clauseOf(new LinkedInstructions(List.of(reversal(other), ledger.transfer(vault, bob, 500)))));
    assertEquals(500, ledger.booked(ada));
  }
}
