package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Fingerprint;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.TransferOrder;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** LEDGER-5: what a contributed instruction may not do, and the ids of legs that only its decision numbers. */
class BudgetTest {

  private long nanos;
  private final TestLedger ledger = new TestLedger(100, () -> nanos);
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);

  private record Foreign(UUID id, int legs, Function<LedgerView, Decision> rule) implements Instruction {

    @Override
    public List<UUID> ids() {
      return List.of(id);
    }

    @Override
    public List<UUID> legIds() {
      return IntStream.range(0, legs).mapToObj(leg -> UuidV7.derived(id, "leg " + leg)).toList();
    }

    @Override
    public long fingerprint(int index) {
      return new Fingerprint("foreign").add(index).hash();
    }

    @Override
    public Decision decide(LedgerView view) {
      return rule.apply(view);
    }
  }

  private Effect.Transfer move(long cents) {
    return move(cents, Optional.empty());
  }

  private Effect.Transfer move(long cents, Optional<String> reference) {
    return new Effect.Transfer(vault, ada, Money.ofMinorUnits(cents, TestLedger.EUR), TestLedger.DAY,
        TestLedger.DAY.date(), reference);
  }

  private Foreign foreign(int legs, Function<LedgerView, Decision> rule) {
    return new Foreign(ledger.newId(), legs, rule);
  }

  private Foreign moving(int legs, int moves) {
    return foreign(legs, view -> new Decision.Accept(Collections.nCopies(moves, move(1))));
  }

  /** The fault of an instruction that broke, of which nothing is left. */
  private QenexException faultOf(Foreign broken) {
    TestLedger.Image before = TestLedger.imageOf(ledger.state);
    Answer answer = ledger.decide(List.of(broken)).get(0);
    assertEquals(List.of(), ledger.engine.rows());
    ledger.commit();
    assertEquals(before, TestLedger.imageOf(ledger.state));
    RuntimeException cause = ((Answer.Faulted) answer).cause();
    return cause instanceof QenexException fault ? fault : new QenexException(ErrorCode.INVARIANT_BROKEN,
        String.valueOf(cause.getMessage()), cause);
  }

  private void assertFault(String budget, Foreign broken) {
    String message = faultOf(broken).getMessage();
    assertTrue(message.contains(budget), message);
  }

  @Test
  void takesBackWhatExceedsABudget() {
    assertFault("view reads", foreign(0, view -> {
      for (int i = 0; i <= 50_000; i++) {
        view.booked(ada);
      }
      return new Decision.Accept(List.of(move(1)));
    }));
    assertFault("one effect per line", moving(3, 5));
    assertFault("one effect per line", moving(0, 0));
    assertFault("lines", moving(2, Instruction.MAX_LINES + 1));
    assertFault("texts", foreign(0, view -> new Decision.Accept(List.of(move(1, Optional.of("x".repeat(141)))))));
    assertFault("texts", foreign(0, view -> new Decision.Accept(List.of(move(1, Optional.of("a\0b"))))));
    assertFault("figures", refusing(Map.of("why", "x".repeat(401))));
    assertFault("one of its lines", foreign(0,
        view -> new Decision.Reject(1, Refusal.of(Clause.INSTRUCTION_REFUSED))));
  }

  private Foreign refusing(Map<String, String> figures) {
    return foreign(0, view -> new Decision.Reject(0, new Refusal(Clause.INSTRUCTION_REFUSED, figures)));
  }

  @Test
  void noticesReadsBeyondTheBudgetEvenIfTheInstructionHidesTheException() {
    assertFault("view reads", foreign(0, view -> {
      for (int i = 0; i <= 50_000; i++) {
        try {
          view.booked(ada);
        } catch (IllegalStateException hidden) {
          break;
        }
      }
      return new Decision.Accept(List.of(move(1)));
    }));
  }

  @Test
  void answersADecisionThatTookTooLongAsAFaultThatNamesTheBudget() {
    Foreign slow = foreign(0, view -> {
      nanos += Duration.ofMillis(251).toNanos();
      return new Decision.Accept(List.of(move(1)));
    });
    QenexException fault = faultOf(slow);
    assertEquals(ErrorCode.OVERLOADED, fault.code());
    assertTrue(fault.getMessage().contains("251 ms of 250 ms"), fault.getMessage());
    Foreign inTime = new Foreign(slow.id(), 0, view -> new Decision.Accept(List.of(move(1))));
    assertTrue(ledger.submit(inTime) instanceof Outcome.Accepted);
  }

  @Test
  void showsAViewNoLongerThanTheDecisionTakes() {
    LedgerView[] kept = new LedgerView[1];
    ledger.submit(foreign(0, view -> {
      kept[0] = view;
      return new Decision.Accept(List.of(move(1)));
    }));
    assertFault("while the decision is taken", foreign(0, view -> {
      kept[0].booked(ada);
      return new Decision.Accept(List.of(move(1)));
    }));
  }

  @Test
  void numbersLegsAfterTheDecisionAndAnswersThemAgain() {
    Foreign three = moving(5, 3);
    var first = (Outcome.Accepted) ledger.submit(three);
    assertEquals(3, first.entries().size());
    assertEquals(List.of(three.id(), three.legIds().get(0), three.legIds().get(1)),
        first.entries().stream().map(entry -> entry.id()).toList());
    assertEquals(first.entries(), ((Outcome.Accepted) ledger.submit(three)).entries());
    // an id that was left over is free, and what is posted under it is not a leg
    ledger.submit(PostTransfers.of(TransferOrder.of(three.legIds().get(2), vault, ada, move(7).amount())));
    assertEquals(first.entries(), ((Outcome.Accepted) ledger.submit(three)).entries());
    List<Outcome> oneBatch = ledger.submitAll(List.of(three, moving(1, 2), three));
    assertEquals(first.entries(), ((Outcome.Accepted) oneBatch.get(2)).entries());
    assertEquals(3 + 7 + 2, ledger.booked(ada));
  }

  @Test
  void recordsARefusalUnderItsOwnIdOnly() {
    Foreign refused = new Foreign(ledger.newId(), 4,
        view -> new Decision.Reject(0, Refusal.of(Clause.INSTRUCTION_REFUSED)));
    int before = ledger.log.size();
    assertEquals(Clause.INSTRUCTION_REFUSED, ledger.clauseOf(refused));
    assertEquals(Clause.INSTRUCTION_REFUSED, ledger.clauseOf(refused));
    assertEquals(before + 1, ledger.log.size());
  }

  private record FarLeg(UUID id, List<UUID> legIds, Decision decision) implements Instruction {

    @Override
    public List<UUID> ids() {
      return List.of(id);
    }

    @Override
    public long fingerprint(int index) {
      return index;
    }

    @Override
    public Decision decide(LedgerView view) {
      return decision;
    }
  }

  /** A window that starts behind it would take it for an id that was never seen. */
  @Test
  void refusesALegIdFromTheFuture() {
    UUID far = UuidV7.of(TestLedger.NOW.plus(TestLedger.SKEW).toEpochMilli() + 1, 0, 1);
    var instruction =
        new FarLeg(ledger.newId(), List.of(far), new Decision.Accept(List.of(move(1), move(2))));
    assertEquals(Clause.ID_FROM_THE_FUTURE, ledger.clauseOf(instruction));
    assertEquals(0, ledger.booked(ada));
  }

  @Test
  void refusesAnInstructionOneOfWhoseLegIdsWasUsed() {
    Foreign three = moving(5, 3);
    ledger.submit(PostTransfers.of(TransferOrder.of(three.legIds().get(1), vault, ada, move(7).amount())));
    assertEquals(Clause.IDEMPOTENCY_KEY_REUSED, ledger.clauseOf(three));
    assertEquals(7, ledger.booked(ada));
  }
}
