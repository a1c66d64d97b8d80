package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * LEDGER-1 to LEDGER-5: whatever is asked in whatever order, the engine does as the oracle, and the laws hold after
 * every batch.
 */
class PostingEngineProperties {

  private static final int ACCOUNTS = 6;

  /** One thing to ask; the numbers are taken as the action needs them. */
  record Step(Action action, int a, int b, BigInteger amount, BigInteger other) {}

  /** Transfers are asked most, with a repetition and the end of a batch now and then. */
  enum Action {
    MOVE, MOVE_BACK, CHAIN, FAN_OUT, FREEZE, UNFREEZE, CLOSE, LIMIT, OPEN, REPEAT, COMMIT, ROLL_BACK
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<BigInteger> amounts = Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.valueOf(100)),
        Arbitraries.longs().between(1, Long.MAX_VALUE).map(BigInteger::valueOf),
        Arbitraries.bigIntegers().between(BigInteger.ONE, NaiveLedger.LIMIT.subtract(BigInteger.ONE)));
    Arbitrary<Integer> accounts = Arbitraries.integers().between(1, ACCOUNTS + 2);
    return Combinators.combine(Arbitraries.of(Action.values()), accounts, accounts, amounts, amounts).as(Step::new)
        .list().ofMaxSize(60);
  }

  @Property
  void doesAsTheOracleDoes(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    steps.forEach(run::step);
    run.commit();
    run.assertReplayGivesTheSameState();
  }

  /** The engine and the oracle side by side. */
  private static final class Run {

    private final TestLedger ledger = new TestLedger(50);
    private NaiveLedger oracle = new NaiveLedger();
    /** As of the last commit, to go back to. */
    private NaiveLedger committed;
    private TestLedger.Image image;
    private final List<Instruction> asked = new ArrayList<>();
    private final List<Optional<Clause>> answers = new ArrayList<>();
    private int askedBeforeBatch;

    Run() {
      for (int i = 0; i < ACCOUNTS; i++) {
        open(i % 2 == 0);
      }
      begin();
    }

    private void begin() {
      committed = oracle.copy();
      image = TestLedger.imageOf(ledger.state);
      askedBeforeBatch = asked.size();
    }

    private void open(boolean internal) {
      var opening = opening(internal);
      ledger.submit(opening);
      oracle.open(oracle.balances.size() + 1L, internal ? Optional.empty() : Optional.of(BigInteger.ZERO));
    }

    private OpenAccount opening(boolean internal) {
      return new OpenAccount(
          ledger.newId(), "EUR", "Ada", internal ? Product.INTERNAL : Product.CURRENT, Optional.empty(),
          Optional.empty());
    }

    void step(Step step) {
      switch (step.action) {
        case MOVE -> moves(new NaiveLedger.Move(step.a, step.b, step.amount));
        case MOVE_BACK -> moves(new NaiveLedger.Move(step.b, step.a, step.amount));
        case CHAIN -> moves(
            new NaiveLedger.Move(step.a, step.b, step.amount),
            new NaiveLedger.Move(step.b, step.a % ACCOUNTS + 1, step.amount));
        case FAN_OUT -> moves(
            new NaiveLedger.Move(step.a, step.b, step.amount),
            new NaiveLedger.Move(step.a, step.b % ACCOUNTS + 1, step.other));
        case FREEZE -> ask(change(step.a, new ChangeAccount.Freeze()), oracle.freeze(step.a));
        case UNFREEZE -> ask(change(step.a, new ChangeAccount.Unfreeze()), oracle.unfreeze(step.a));
        case CLOSE -> ask(change(step.a, new ChangeAccount.Close()), oracle.close(step.a));
        case LIMIT -> ask(
            change(step.a, new ChangeAccount.SetOverdraftLimit(Amount.of(step.amount))),
            oracle.limit(step.a, step.amount));
        case OPEN -> {
          oracle.open(oracle.balances.size() + 1L, Optional.of(BigInteger.ZERO));
          ask(opening(false), Optional.empty());
        }
        case REPEAT -> repeat(step.a);
        case COMMIT -> commit();
        case ROLL_BACK -> rollBack();
      }
    }

    private void moves(NaiveLedger.Move... moves) {
      var orders = new ArrayList<TransferOrder>();
      for (NaiveLedger.Move move : moves) {
        orders.add(TransferOrder.of(
            ledger.newId(), new AccountNumber(move.debit()), new AccountNumber(move.credit()),
            new Money(Amount.of(move.amount()), TestLedger.EUR)));
      }
      ask(new PostTransfers(orders), oracle.post(List.of(moves)));
    }

    private ChangeAccount change(long account, ChangeAccount.Change change) {
      return new ChangeAccount(ledger.newId(), new AccountNumber(account), change);
    }

    private void ask(Instruction instruction, Optional<Clause> expected) {
      asked.add(instruction);
      answers.add(expected);
    }

    private void repeat(int index) {
      if (index <= asked.size()) {
        asked.add(asked.get(index - 1));
        answers.add(answers.get(index - 1));
      }
    }

    private void decide() {
      List<Answer> given = ledger.decide(asked.subList(askedBeforeBatch, asked.size()));
      for (int i = 0; i < given.size(); i++) {
        Outcome outcome = ((Answer.Decided) given.get(i)).outcome();
        Optional<Clause> clause =
            outcome instanceof Outcome.Refused no ? Optional.of(no.refusal().clause()) : Optional.empty();
        assertEquals(answers.get(askedBeforeBatch + i), clause);
      }
    }

    void commit() {
      decide();
      ledger.commit();
      assertLaws();
      begin();
    }

    private void rollBack() {
      decide();
      ledger.engine.rollback();
      assertEquals(image, TestLedger.imageOf(ledger.state));
      while (asked.size() > askedBeforeBatch) {
        asked.remove(asked.size() - 1);
        answers.remove(answers.size() - 1);
      }
      oracle = committed;
      begin();
    }

    private void assertLaws() {
      BigInteger sum = BigInteger.ZERO;
      for (long number = 1; number <= ledger.state.accountCount(); number++) {
        CommittedAccount account = ledger.state.committed(new AccountNumber(number)).orElseThrow();
        assertEquals(oracle.balances.get(number), account.booked().toBigInteger());
        sum = sum.add(account.booked().toBigInteger());
      }
      assertEquals(BigInteger.ZERO, sum);
      assertEquals(oracle.balances.size(), ledger.state.accountCount());
      assertEquals(ledger.log.size(), ledger.state.committedSeq());
      assertEquals(ledger.log.size(), ledger.log.stream().map(row -> row.entry().id()).distinct().count());
    }

    void assertReplayGivesTheSameState() {
      var state = new LedgerState(List.of(TestLedger.EUR, TestLedger.USD));
      var replay = new Replay(state);
      ledger.log.forEach(row -> replay.entry(row.entry()));
      replay.finish();
      assertEquals(TestLedger.imageOf(ledger.state), TestLedger.imageOf(state));
    }
  }
}
