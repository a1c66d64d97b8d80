package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Iban;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.TransferOrder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ids, batches and what other threads see. */
class PostingEngineTest {

  private final TestLedger ledger = new TestLedger();
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);

  @Test
  void answersARepetitionWithTheFirstResult() {
    PostTransfers payIn = ledger.transfer(vault, ada, 100);
    var first = (Outcome.Accepted) ledger.submit(payIn);
    assertEquals(new Outcome.Accepted(first.entries(), true), ledger.submit(payIn));
    PostTransfers tooMuch = ledger.transfer(ada, vault, 101);
    var no = (Outcome.Refused) ledger.submit(tooMuch);
    ledger.submit(ledger.transfer(vault, ada, 100));
    assertEquals(new Outcome.Refused(no.refusal(), true), ledger.submit(tooMuch));
  }

  @Test
  void findsRepetitionsWithinABatch() {
    PostTransfers payIn = ledger.transfer(vault, ada, 100);
    List<Outcome> outcomes = ledger.submitAll(List.of(payIn, payIn));
    assertEquals(new Outcome.Accepted(((Outcome.Accepted) outcomes.get(0)).entries(), true), outcomes.get(1));
    assertEquals(100, ledger.booked(ada));
  }

  @Test
  void refusesGroupsThatAreKnownInPart() {
    TransferOrder known = ledger.order(vault, ada, 1);
    ledger.submit(PostTransfers.of(known));
    assertEquals(Clause.IDEMPOTENCY_KEY_REUSED,
        ledger.clauseOf(new PostTransfers(List.of(known, ledger.order(vault, ada, 1)))));
    assertEquals(1, ledger.booked(ada));
  }

  @Test
  void refusesGroupsOfAcceptedAndRefused() {
    TransferOrder posted = ledger.order(vault, ada, 1);
    TransferOrder refused = ledger.order(ada, vault, 2);
    ledger.submit(PostTransfers.of(posted));
    ledger.submit(PostTransfers.of(refused));
    assertEquals(Clause.IDEMPOTENCY_KEY_REUSED, ledger.clauseOf(new PostTransfers(List.of(posted, refused))));
  }

  @Test
  void answersAGroupByItsCause() {
    var group = new PostTransfers(List.of(ledger.order(vault, ada, 1), ledger.order(ada, vault, 2)));
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, ledger.clauseOf(group));
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, ledger.clauseOf(group));
  }

  @Test
  void recordsNothingOfReusedAndFutureIds() {
    TransferOrder first = ledger.order(vault, ada, 1);
    ledger.submit(PostTransfers.of(first));
    int before = ledger.log.size();
    ledger.submit(PostTransfers.of(TransferOrder.of(first.id(), ada, vault, first.amount())));
    assertEquals(before, ledger.log.size());
  }

  @Test
  void showsOtherThreadsCommittedBalancesOnly() {
    ledger.submit(ledger.transfer(vault, ada, 100));
    ledger.decide(List.of(ledger.transfer(ada, vault, 40), opening("new")));
    assertEquals(Amount.of(60), ledger.state.booked(ada));
    assertEquals(100, ledger.booked(ada));
    assertEquals(Optional.empty(), ledger.state.committed(new AccountRef.ByAlias("new")));
    ledger.commit();
    assertEquals(60, ledger.booked(ada));
    assertTrue(ledger.state.committed(new AccountRef.ByAlias("new")).isPresent());
  }

  @Test
  void rollsBackAWholeBatch() {
    ledger.submit(ledger.transfer(vault, ada, 100));
    var before = TestLedger.imageOf(ledger.state);
    PostTransfers undone = ledger.transfer(ada, vault, 40);
    ledger.decide(List.of(undone, opening("new"), opening("newer")));
    ledger.engine.rollback();
    assertEquals(before, TestLedger.imageOf(ledger.state));
    assertEquals(Optional.empty(), ledger.state.numberOf("new"));
    assertEquals(false, ((Outcome.Accepted) ledger.submit(undone)).repeated());
  }

  @Test
  void showsOfTwoBatchesOnlyTheOneThatIsCommitted() {
    ledger.submit(ledger.transfer(vault, ada, 100));
    ledger.decide(List.of(ledger.transfer(ada, vault, 40), opening("new")));
    ledger.engine.seal();
    ledger.decide(List.of(ledger.transfer(ada, vault, 25), opening("newer")));
    assertEquals(100, ledger.booked(ada));
    ledger.engine.commit();
    assertEquals(60, ledger.booked(ada));
    assertEquals(Amount.of(35), ledger.state.booked(ada));
    assertTrue(ledger.state.committed(new AccountRef.ByAlias("new")).isPresent());
    assertEquals(Optional.empty(), ledger.state.committed(new AccountRef.ByAlias("newer")));
    ledger.engine.commit();
    assertEquals(35, ledger.booked(ada));
  }

  @Test
  void rollsBackWhatWasDecidedOnABatchThatFailed() {
    ledger.submit(ledger.transfer(vault, ada, 100));
    var before = TestLedger.imageOf(ledger.state);
    PostTransfers failed = ledger.transfer(ada, vault, 40);
    ledger.decide(List.of(failed, opening("new")));
    ledger.engine.seal();
    assertTrue(ledger.engine.mustLookUp(failed.ids().get(0)));
    ledger.decide(List.of(ledger.transfer(ada, vault, 60), opening("newer")));
    ledger.engine.rollback();
    assertEquals(before, TestLedger.imageOf(ledger.state));
    assertEquals(100, ledger.booked(ada));
    assertEquals(false, ((Outcome.Accepted) ledger.submit(failed)).repeated());
    assertEquals(60, ledger.booked(ada));
  }

  private Instruction opening(String alias) {
    return new OpenAccount(ledger.newId(), "EUR", "Bob", Product.SAVINGS, Optional.of(alias), Optional.empty());
  }

  @Test
  void givesCustomersAnIbanAndFindsThemByEveryName() {
    var opened = ledger.state.committed(ada).orElseThrow().account();
    assertEquals(Iban.of("DE", "500999000000000002"), opened.iban().orElseThrow());
    assertEquals(Optional.empty(), ledger.state.committed(vault).orElseThrow().account().iban());
    for (AccountRef ref : List.of(
        new AccountRef.ById(opened.id()), new AccountRef.ByAddress(opened.address()),
        new AccountRef.ByIban(opened.iban().orElseThrow()))) {
      assertEquals(ada, ledger.state.committed(ref).orElseThrow().account().number());
    }
  }

  @Test
  void neverLetsBookingTimeGoBack() {
    var late = TestLedger.NOW.plusSeconds(60);
    ledger.engine.begin(late, Map.of());
    ledger.engine.decide(ledger.transfer(vault, ada, 1));
    ledger.commit();
    var posted = (TransferPosted) ((Outcome.Accepted) ledger.submit(ledger.transfer(vault, ada, 1))).entries().get(0);
    assertEquals(late.truncatedTo(ChronoUnit.MICROS), posted.bookedAt());
  }

  @Test
  void stopsAtALogThatContradictsItself() {
    ledger.submit(ledger.transfer(vault, ada, 100));
    var replay = new Replay(new LedgerState(List.of(TestLedger.EUR)));
    for (LogRow row : ledger.log) {
      if (row.entry() instanceof TransferPosted t) {
        var forged = new TransferPosted(
            t.seq(), t.id(), t.bookedAt(), t.businessDate(), t.valueDate(), t.debit(), t.credit(), t.amount(),
            t.debitBalance(), t.creditBalance().plus(Amount.of(1)), t.reference());
        var found = assertThrows(QenexException.class, () -> replay.entry(forged));
        assertEquals(ErrorCode.INVARIANT_BROKEN, found.code());
      } else {
        replay.entry(row.entry());
      }
    }
    var gap = ledger.log.get(0).entry();
    assertThrows(QenexException.class, () -> replay.entry(gap));
  }

  @Test
  void answersRepetitionsThatLeftTheWindow() {
    var small = new TestLedger(4);
    AccountNumber bank = small.open(Product.INTERNAL);
    AccountNumber eve = small.open(Product.CURRENT);
    PostTransfers old = small.transfer(bank, eve, 1);
    var first = assertInstanceOf(Outcome.Accepted.class, small.submit(old));
    for (int i = 0; i < 20; i++) {
      small.submit(small.transfer(bank, eve, 1));
    }
    assertEquals(new Outcome.Accepted(first.entries(), true), small.submit(old));
  }

  @Test
  void keepsARefusalsFiguresInOrder() {
    var refusal = (Outcome.Refused) ledger.submit(ledger.transfer(ada, vault, 1));
    assertEquals(List.of("booked", "held", "overdraftLimit", "available", "requested"),
        List.copyOf(refusal.refusal().figures().keySet()));
    assertEquals(Refusal.of(Clause.SAME_ACCOUNT),
        ((Outcome.Refused) ledger.submit(ledger.transfer(ada, ada, 1))).refusal());
  }
}
