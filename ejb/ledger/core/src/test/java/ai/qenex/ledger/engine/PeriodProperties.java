package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.ClosePeriod;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** LEDGER-8: whatever days and periods do, nothing comes into a closed period, by whatever way. */
class PeriodProperties {

  private static final int SPREAD = 6;

  record Step(Action action, int days, boolean commits) {}

  enum Action {
    OPEN_DAY, CLOSE_DAY, CLOSE_PERIOD, POST, POST_TODAY
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(Action.values()), Arbitraries.integers().between(-SPREAD, SPREAD),
        Arbitraries.of(true, true, true, false)).as(Step::new).list().ofMaxSize(60);
  }

  @Property
  void nothingComesIntoAClosedPeriod(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    steps.forEach(run::step);
    run.assertLaw();
    run.assertReplayGivesTheSameState();
  }

  /** The engine beside the slow and obvious: a set of open dates and one date. */
  private static final class Run {

    private final TestLedger ledger = new TestLedger();
    private final AccountNumber vault = ledger.open(Product.INTERNAL);
    private final AccountNumber box = ledger.open(Product.INTERNAL);
    private TreeSet<LocalDate> open = new TreeSet<>(List.of(TestLedger.DAY.date()));
    private LocalDate closed = LocalDate.MIN;

    void step(Step step) {
      LocalDate today = open.last();
      LocalDate date = today.plusDays(step.days);
      switch (step.action) {
        case OPEN_DAY -> ask(step, new OpenBusinessDate(ledger.newId(), new BusinessDate(today.plusDays(1))),
            Optional.empty(), () -> open.add(today.plusDays(1)));
        case CLOSE_DAY -> ask(step, new CloseBusinessDate(ledger.newId(), new BusinessDate(open.first())),
            open.size() > 1 ? Optional.empty() : Optional.of(Clause.BUSINESS_DATE_OUT_OF_ORDER), open::pollFirst);
        case CLOSE_PERIOD -> ask(step, new ClosePeriod(ledger.newId(), date), periodRefusal(date),
            () -> closed = date);
        case POST -> post(step, Optional.of(date));
        case POST_TODAY -> post(step, Optional.empty());
      }
    }

    private Optional<Clause> periodRefusal(LocalDate through) {
      if (!through.isAfter(closed)) {
        return Optional.of(Clause.PERIOD_CLOSED);
      }
      return through.isBefore(open.first()) ? Optional.empty() : Optional.of(Clause.PERIOD_NOT_OVER);
    }

    private Optional<Clause> valueRefusal(Optional<LocalDate> valueDate) {
      return valueDate.filter(date -> !date.isAfter(closed)).map(date -> Clause.PERIOD_CLOSED);
    }

    private void post(Step step, Optional<LocalDate> valueDate) {
      var order = new TransferOrder(ledger.newId(), vault, box, ledger.order(vault, box, 1).amount(), Optional.empty(),
          valueDate,
          Optional.empty());
      ask(step, PostTransfers.of(order), valueRefusal(valueDate), () -> {});
    }

    private void ask(Step step, Instruction instruction, Optional<Clause> expected, Runnable effect) {
      TestLedger.Image before = TestLedger.imageOf(ledger.state);
      Optional<LocalDate> closedBefore = ledger.state.closedThrough();
      Outcome outcome = ((Answer.Decided) ledger.decide(List.of(instruction)).get(0)).outcome();
      assertEquals(expected, outcome instanceof Outcome.Refused no
          ? Optional.of(no.refusal().clause())
          : Optional.empty(), instruction::toString);
      if (step.commits) {
        ledger.commit();
        if (expected.isEmpty()) {
          effect.run();
        }
      } else {
        ledger.engine.rollback();
        assertEquals(before, TestLedger.imageOf(ledger.state));
        assertEquals(closedBefore, ledger.state.closedThrough());
      }
    }

    void assertLaw() {
      LocalDate through = LocalDate.MIN;
      for (LogRow row : ledger.log) {
        if (row.entry() instanceof TransferPosted transfer) {
          assertTrue(transfer.valueDate().isAfter(through));
          assertTrue(transfer.businessDate().date().isAfter(through));
        } else if (row.entry() instanceof PeriodClosed period) {
          assertTrue(period.through().isAfter(through));
          through = period.through();
        }
      }
    }

    void assertReplayGivesTheSameState() {
      var state = new LedgerState(List.of(TestLedger.EUR, TestLedger.USD));
      var replay = new Replay(state);
      ledger.log.forEach(row -> replay.entry(row.entry()));
      replay.finish();
      assertEquals(ledger.state.committedPeriods(), state.committedPeriods());
      assertEquals(ledger.state.closedThrough(), state.closedThrough());
    }
  }

  @Test
  void tellsTheFiguresOfAClosedPeriod() {
    var ledger = new TestLedger();
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber box = ledger.open(Product.INTERNAL);
    LocalDate through = TestLedger.DAY.date().minusDays(1);
    ledger.submit(new ClosePeriod(ledger.newId(), through));
    var late = new TransferOrder(ledger.newId(), vault, box, ledger.order(vault, box, 1).amount(), Optional.empty(),
        Optional.of(through), Optional.empty());
    assertEquals("{businessDate=2027-03-01, valueDate=2027-02-28, closedThrough=2027-02-28}",
        ledger.figuresOf(PostTransfers.of(late)).toString());
    assertEquals("{through=2027-03-01, firstOpenDate=2027-03-01}",
        ledger.figuresOf(new ClosePeriod(ledger.newId(), TestLedger.DAY.date())).toString());
  }
}
