package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.ledger.engine.IbanScheme;
import ai.qenex.ledger.engine.LogRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * LEDGER-2, LEDGER-5: transfers between accounts without a floor come to the same balances in whatever order, in
 * whatever batches, however often each is repeated, and whatever fails on the way.
 */
class CommutingTransfersProperties {

  private static final int ACCOUNTS = 4;
  private static final int STORMY_STEPS = 300;
  private static final int MOST_STEPS = 4_000;
  private static final Asset EUR = SimulatedStore.asset("EUR");

  @BeforeContainer
  static void beQuiet() {
    SimulationTest.beQuiet();
  }

  @AfterContainer
  static void speakAgain() {
    SimulationTest.speakAgain();
  }

  @Property(tries = 200)
  void comeToTheSameBalances(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 11_999) Integer> moves, @ForAll long seed) {
    var expected = new TreeMap<Long, Long>();
    var transfers = new ArrayList<Instruction>();
    for (int move : moves) {
      long debit = 1 + move % ACCOUNTS;
      long credit = 1 + (debit + move / ACCOUNTS % (ACCOUNTS - 1)) % ACCOUNTS;
      long cents = 1 + move / (ACCOUNTS * (ACCOUNTS - 1));
      expected.merge(debit, -cents, Long::sum);
      expected.merge(credit, cents, Long::sum);
      transfers.add(PostTransfers.of(TransferOrder.of(id(100 + transfers.size()), new AccountNumber(debit),
          new AccountNumber(credit), Money.ofMinorUnits(cents, EUR))));
    }
    var life = new Life(seed);
    for (int account = 0; account < ACCOUNTS; account++) {
      life.finish(List.of(
          new OpenAccount(id(account), "EUR", "Ada", Product.INTERNAL, Optional.empty(), Optional.empty())));
    }
    life.finish(transfers);
    assertEquals(expected, life.balances());
    assertEquals(0, expected.values().stream().mapToLong(Long::longValue).sum());
    assertEquals(moves.size(), life.transfers().size());
  }

  private static UUID id(int number) {
    return UuidV7.of(1_803_000_000_000L, 0, number);
  }

  /** Two nodes in their weather, and one client who asks until he is answered. */
  private static final class Life {

    private final SimulatedWorld world;
    private final SimulatedStore store;
    private final List<SimulatedNode> nodes;
    private int steps;

    Life(long seed) {
      world = new SimulatedWorld(seed, Sabotage.NONE, false);
      store = new SimulatedStore(world);
      var settings = new LedgerSettings(
          world.anyOf(1, 3, 100), true, 1_000, world.anyOf(2, 8, 100), Duration.ofDays(3_650), Duration.ofSeconds(20),
          Duration.ofSeconds(3), 100, Duration.ofMillis(1), 1_000, IbanScheme.ofBankCode("DE", "50099900"),
          HolidayCalendar.WEEKENDS, Optional.of(SimulatedWishes.FIRST_DAY));
      nodes = List.of(new SimulatedNode(world, store, settings, 1), new SimulatedNode(world, store, settings, 2));
    }

    /** All are accepted in the end, in an order that the dice make. */
    void finish(List<? extends Instruction> wanted) {
      var open = new ArrayList<Instruction>(wanted);
      while (!open.isEmpty()) {
        List<Instruction> some = some(open, wanted);
        SimulatedNode node = world.any(nodes);
        int life = node.life();
        Optional<Submission> asked = node.submit(some);
        step();
        while (asked.isPresent() && !asked.get().isAnswered() && node.isAlive() && node.life() == life) {
          step();
        }
        if (asked.isPresent() && asked.get().isAnswered() && isAccepted(asked.get())) {
          open.removeAll(some);
        }
      }
    }

    private List<Instruction> some(List<Instruction> open, List<? extends Instruction> all) {
      var some = new ArrayList<Instruction>();
      for (int i = 1 + world.below(5); i > 0; i--) {
        some.add(world.below(4) == 0 ? all.get(world.below(all.size())) : world.any(open));
      }
      return some;
    }

    private static boolean isAccepted(Submission submission) {
      try {
        submission.await(Duration.ZERO)
            .forEach(outcome -> assertTrue(outcome instanceof Outcome.Accepted, outcome::toString));
        return true;
      } catch (QenexException e) {
        return false;
      }
    }

    private void step() {
      assertTrue(steps++ < MOST_STEPS, "everything comes to its end");
      if (steps == STORMY_STEPS) {
        world.weather.clearUp();
      }
      for (SimulatedNode node : nodes) {
        world.pass(20_000);
        if (!node.isAlive()) {
          node.start();
        }
        if (node.canBeat()) {
          node.beat();
        }
        if (node.canWrite()) {
          node.writerTurn();
        }
        if (node.canProject()) {
          node.projectorTurn();
        }
      }
    }

    List<TransferPosted> transfers() {
      return store.log().stream().map(LogRow::entry).filter(TransferPosted.class::isInstance)
          .map(TransferPosted.class::cast).toList();
    }

    Map<Long, Long> balances() {
      var balances = new TreeMap<Long, Long>();
      for (TransferPosted transfer : transfers()) {
        balances.put(transfer.debit().value(), transfer.debitBalance().toLong());
        balances.put(transfer.credit().value(), transfer.creditBalance().toLong());
      }
      return balances;
    }
  }
}
