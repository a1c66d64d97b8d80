package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.ExpireHold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * LEDGER-1 to LEDGER-5, HOLD-1 and REVERSAL-1: whatever is asked in whatever order, the engine does as the oracle, and
 * the laws hold after every batch.
 */
class PostingEngineProperties {

  private static final int ACCOUNTS = 6;
  private static final Duration TICK = Duration.ofMinutes(1);
  private static final UUID NOBODYS = new UUID(0, 7);

  /** One thing to ask; the numbers are taken as the action needs them. */
  record Step(Action action, int a, int b, BigInteger amount, BigInteger other) {}

  /** Transfers are asked most, with a repetition and the end of a batch now and then. */
  enum Action {
    MOVE, MOVE_BACK, CHAIN, FAN_OUT, HOLD, HOLD_FOR, CAPTURE, CAPTURE_ALL, CAPTURE_LAST, RELEASE, EXPIRE, REVERSE,
    HOLD_AND_CAPTURE, CORRECT, FREEZE, FREEZE_DEBITS, FREEZE_CREDITS, UNFREEZE, REST, REACTIVATE, CLOSE, LIMIT, OPEN,
    REPEAT, TICK, COMMIT, ROLL_BACK
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<BigInteger> amounts = Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.valueOf(100)),
        Arbitraries.longs().between(1, Long.MAX_VALUE).map(BigInteger::valueOf),
        Arbitraries.bigIntegers().between(BigInteger.ONE, NaiveLedger.LIMIT.subtract(BigInteger.ONE)));
    Arbitrary<Integer> accounts = Arbitraries.integers().between(1, ACCOUNTS + 2);
    return Combinators.combine(Arbitraries.of(Action.values()), accounts, accounts, amounts, amounts).as(Step::new)
        .list().ofMaxSize(100);
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
    /** Ids that somebody wanted a hold or a transfer to have, whatever became of them. */
    private final List<UUID> placed = new ArrayList<>();
    private final List<UUID> transfers = new ArrayList<>();

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
        case HOLD -> hold(step.a, Optional.empty(), step.amount);
        case HOLD_FOR -> hold(step.a, Optional.of((long) step.b), step.amount);
        case CAPTURE -> capture(step.a, step.b, Optional.of(step.amount), false);
        case CAPTURE_ALL -> capture(step.a, step.b, Optional.empty(), false);
        case CAPTURE_LAST -> capture(step.a, step.b, Optional.of(step.amount), true);
        case RELEASE -> ask(new ReleaseHold(ledger.newId(), holdOf(step.a)), oracle.holds.release(holdOf(step.a)));
        case EXPIRE -> ask(new ExpireHold(holdOf(step.a)), oracle.holds.expire(holdOf(step.a), ledger.now));
        case REVERSE -> reverse(step.a * step.b);
        case HOLD_AND_CAPTURE -> holdAndCapture(step);
        case CORRECT -> correct(step);
        case FREEZE -> freeze(step.a, ChangeAccount.Side.BOTH, "frozen");
        case FREEZE_DEBITS -> freeze(step.a, ChangeAccount.Side.DEBITS, "debits frozen");
        case FREEZE_CREDITS -> freeze(step.a, ChangeAccount.Side.CREDITS, "credits frozen");
        case REST -> ask(change(step.a, new ChangeAccount.Rest()), oracle.rest(step.a));
        case REACTIVATE -> ask(change(step.a, new ChangeAccount.Reactivate()), oracle.reactivate(step.a));
        case TICK -> {
          commit();
          ledger.now = ledger.now.plus(TICK);
        }
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
      transfers.add(orders.get(0).id());
      ask(new PostTransfers(orders), oracle.post(orders.get(0).id(), List.of(moves)));
    }

    private static Money euros(BigInteger cents) {
      return new Money(Amount.of(cents), TestLedger.EUR);
    }

    private PlaceHold placing(long account, Optional<Long> beneficiary, BigInteger amount) {
      return new PlaceHold(ledger.newId(), new AccountNumber(account), euros(amount),
          beneficiary.map(AccountNumber::new), Optional.of(ledger.now.plus(TICK.multipliedBy(2))), Optional.empty());
    }

    private NaiveHolds.Hold naive(PlaceHold placing) {
      return new NaiveHolds.Hold(placing.account().value(), placing.amount().amount().toBigInteger(),
          placing.beneficiary().map(AccountNumber::value), placing.expiresAt().orElseThrow());
    }

    private void hold(long account, Optional<Long> beneficiary, BigInteger amount) {
      PlaceHold placing = placing(account, beneficiary, amount);
      placed.add(placing.id());
      ask(placing, oracle.holds.place(placing.id(), naive(placing), ledger.now));
    }

    /** One of the latest, or none that there is. */
    private UUID holdOf(int which) {
      return which > placed.size() ? NOBODYS : placed.get(placed.size() - which);
    }

    private void capture(int which, long credit, Optional<BigInteger> amount, boolean last) {
      Optional<Long> payee = credit % 2 == 0 ? Optional.empty() : Optional.of(credit);
      var capture = new CaptureHold(ledger.newId(), holdOf(which), amount.map(Run::euros),
          payee.map(AccountNumber::new), last, Optional.empty(), Optional.empty());
      transfers.add(capture.id());
      ask(capture, oracle.holds.capture(
          new NaiveHolds.Capture(capture.id(), capture.hold(), amount, payee, last), ledger.now));
    }

    private ReverseTransfer reversal(int which) {
      UUID transfer = which > transfers.size() ? NOBODYS : transfers.get(transfers.size() - which);
      return new ReverseTransfer(ledger.newId(), transfer, Optional.empty(), Optional.empty());
    }

    private void reverse(int which) {
      ReverseTransfer reversal = reversal(which);
      transfers.add(reversal.id());
      ask(reversal, oracle.holds.reverse(reversal.id(), reversal.transfer()));
    }

    /** A hold, the capture of a part of it, and a transfer of another account, all or nothing. */
    private void holdAndCapture(Step step) {
      PlaceHold placing = placing(step.a, Optional.of((long) step.b), step.amount);
      var capture = new CaptureHold(ledger.newId(), placing.id(), Optional.of(euros(step.other)), Optional.empty(),
          false, Optional.empty(), Optional.empty());
      var back = TransferOrder.of(ledger.newId(), new AccountNumber(step.b), new AccountNumber(step.a),
          euros(step.other));
      NaiveLedger before = oracle.copy();
      Optional<Clause> no = oracle.holds.place(placing.id(), naive(placing), ledger.now)
          .or(() -> oracle.holds.capture(new NaiveHolds.Capture(capture.id(), placing.id(), Optional.of(step.other),
              Optional.empty(), false), ledger.now))
          .or(() -> oracle.post(back.id(), List.of(new NaiveLedger.Move(step.b, step.a, step.other))));
      oracle = no.isPresent() ? before : oracle;
      placed.add(placing.id());
      transfers.addAll(List.of(capture.id(), back.id()));
      ask(new LinkedInstructions(List.of(placing, capture, PostTransfers.of(back))), no);
    }

    /** A reversal and what should have been posted, all or nothing. */
    private void correct(Step step) {
      ReverseTransfer reversal = reversal(step.a);
      var right = TransferOrder.of(ledger.newId(), new AccountNumber(step.a), new AccountNumber(step.b),
          euros(step.amount));
      NaiveLedger before = oracle.copy();
      Optional<Clause> no = oracle.holds.reverse(reversal.id(), reversal.transfer())
          .or(() -> oracle.post(right.id(), List.of(new NaiveLedger.Move(step.a, step.b, step.amount))));
      oracle = no.isPresent() ? before : oracle;
      transfers.addAll(List.of(reversal.id(), right.id()));
      ask(new LinkedInstructions(List.of(reversal, PostTransfers.of(right))), no);
    }

    private void freeze(long account, ChangeAccount.Side side, String state) {
      ask(change(account, new ChangeAccount.Freeze(side)), oracle.freeze(account, state));
    }

    private ChangeAccount change(long account, ChangeAccount.Change change) {
      return new ChangeAccount(ledger.newId(), new AccountNumber(account), change);
    }

    private void ask(Instruction instruction, Optional<Clause> expected) {
      asked.add(instruction);
      answers.add(expected);
    }

    private void repeat(int index) {
      boolean isSettled = index <= asked.size() && !answers.get(index - 1).equals(Optional.of(Clause.HOLD_NOT_DUE));
      if (isSettled) {
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
        assertEquals(oracle.holds.heldOf(number), account.held().toBigInteger());
        assertTrue(account.account().allows(account.booked(), account.held()));
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
