package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * LEDGER-1 to LEDGER-6: thousands of lives of a bank in which everything that can fail does fail, see the handbook's
 * page "simulation".
 */
class SimulationTest {

  private static final Logger QUIET = Logger.getLogger("ai.qenex.ledger.service");
  private static final long FIRST = Long.getLong("qenex.sim.from", 1);
  private static final long SEEDS = Long.getLong("qenex.sim.seeds", 10_000);
  private static final long SLICE = 1_000;
  private static final int SABOTAGED_SEEDS = 500;

  @BeforeAll
  static void beQuiet() {
    QUIET.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    QUIET.setLevel(null);
  }

  static LongStream slices() {
    return Long.getLong("qenex.sim.seed") != null
        ? LongStream.of(Long.getLong("qenex.sim.seed"))
        : LongStream.iterate(FIRST, from -> from < FIRST + SEEDS, from -> from + SLICE);
  }

  @ParameterizedTest
  @MethodSource("slices")
  void keepsEveryLawWhateverFails(long from) {
    boolean single = Long.getLong("qenex.sim.seed") != null;
    long end = single ? from + 1 : Math.min(from + SLICE, FIRST + SEEDS);
    for (long seed = from; seed < end; seed++) {
      play(seed, Sabotage.NONE, single);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsWhatWasBrokenOnPurpose(Sabotage sabotage) {
    for (long seed = 1; seed <= SABOTAGED_SEEDS; seed++) {
      try {
        new Simulation(seed, sabotage, false).run();
      } catch (AssertionError found) {
        return;
      }
    }
    fail(sabotage + " was not found with " + SABOTAGED_SEEDS + " seeds");
  }

  @Test
  void playsTheSameLifeFromTheSameSeed() {
    for (long seed = 1; seed <= 100; seed++) {
      Simulation first = play(seed, Sabotage.NONE, false);
      Simulation second = play(seed, Sabotage.NONE, false);
      assertEquals(first.hash(), second.hash());
      assertTrue(first.events() > 50);
    }
  }

  private static Simulation play(long seed, Sabotage sabotage, boolean verbose) {
    var simulation = new Simulation(seed, sabotage, verbose);
    try {
      simulation.run();
    } catch (AssertionError | RuntimeException e) {
      // whatever breaks a simulation is told with what reproduces it
      throw new AssertionError(
          e + "\nreproduce: mvn test -pl ejb/ledger/service -Dtest=SimulationTest -Dqenex.sim.seed="
              + seed + "\n" + String.join("\n", simulation.trace()),
          e);
    }
    return simulation;
  }
}
