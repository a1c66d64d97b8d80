package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.ledger.engine.IbanScheme;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Faults that the simulation found, each as the shortest life in which it showed. */
class SimulatedFaultsTest {

  private static final LedgerSettings SETTINGS = new LedgerSettings(
      100, true, 1_000, 100, Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofSeconds(3), 100,
      Duration.ofMillis(1),
      1_000, IbanScheme.ofBankCode("DE", "50099900"), HolidayCalendar.WEEKENDS, Optional.of(SimulatedWishes.FIRST_DAY));

  private final SimulatedWorld world = new SimulatedWorld(1, Sabotage.NONE, false);
  private final SimulatedStore store = new SimulatedStore(world);
  private final SimulatedNode first = new SimulatedNode(world, store, SETTINGS, 1);
  private final SimulatedNode second = new SimulatedNode(world, store, SETTINGS, 2);

  @BeforeAll
  static void beQuiet() {
    SimulationTest.beQuiet();
  }

  @AfterAll
  static void speakAgain() {
    SimulationTest.speakAgain();
  }

  /** It took the log for broken, since that was longer than the fence it had left, and stopped for good. */
  @Test
  void standsByIfAnotherLedBeforeItsMemoryWasLoaded() {
    world.weather.clearUp();
    first.start();
    second.start();
    var frozen = new AtomicBoolean();
    world.listen(event -> {
      if (event.equals("begin snapshot") && frozen.compareAndSet(false, true)) {
        world.pass(2 * SimulatedLease.MICROS);
        turns(second, 5);
        assertTrue(second.isReady());
      }
    });
    turns(first, 5);
    assertTrue(frozen.get());
    assertTrue(second.isReady());
    assertTrue(first.toString().contains("standby"), first::toString);
  }

  /** A projection is committed without waiting for the disk; what was lost was made again only with the next entry. */
  @Test
  void projectsAgainWhatTheDatabaseLost() {
    world.weather.clearUp();
    first.start();
    turns(first, 5);
    assertEquals(1, store.log().size());
    project(first);
    assertEquals(1, store.projected().watermark());
    while (store.projected().watermark() > 0) {
      store.restart();
    }
    world.pass(6_000_000);
    project(first);
    assertEquals(1, store.projected().watermark());
  }

  private void turns(SimulatedNode node, int count) {
    for (int i = 0; i < count; i++) {
      world.pass(300_000);
      if (node.canWrite()) {
        node.writerTurn();
      }
    }
  }

  private void project(SimulatedNode node) {
    for (int i = 0; i < 3; i++) {
      world.pass(1_100_000);
      if (node.canProject()) {
        node.projectorTurn();
      }
    }
  }
}
