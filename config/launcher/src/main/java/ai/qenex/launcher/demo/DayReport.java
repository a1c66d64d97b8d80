package ai.qenex.launcher.demo;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The figures of a played day, as {@link ReportText} prints them.
 *
 * @param steps in the order they were played; empty if the day was played in an earlier run
 * @param files the folder the bank writes to, if the player was told
 * @param expectations the orders of which the files say what they come to
 */
record DayReport(URI base, LocalDate date, Optional<Path> files, List<Step> steps, List<Expectation> expectations,
    List<Cycle> cycles, Books books, Output output) {

  DayReport {
    steps = List.copyOf(steps);
    expectations = List.copyOf(expectations);
    cycles = List.copyOf(cycles);
  }

  /** What one step came to and how long it took. */
  record Step(String name, long accepted, long refused, Map<String, Long> reasons, Duration took) {

    Step {
      reasons = new TreeMap<>(reasons);
    }

    static Step of(Tally tally, Duration took) {
      return new Step(tally.step(), tally.accepted(), tally.refused(), tally.reasons(), took);
    }

    /** Orders decided per second. */
    long rate() {
      return (accepted + refused) * 1000 / Math.max(1, took.toMillis());
    }
  }

  /**
   * One order of which the demo's files say what it comes to.
   *
   * @param expected as the file says, {@code outcome} as the bank said: the same if all is well
   */
  record Expectation(String id, String expected, String outcome, String why) {

    boolean met() {
      return expected.equals(outcome);
    }
  }

  /** A clearing cycle: what the banks owe each other before netting (gross) and after. */
  record Cycle(String asset, String status, long obligations, BigDecimal gross, List<Position> positions) {

    /** What must move after netting: the sum of what the net payers pay. */
    BigDecimal net() {
      return positions.stream().map(Position::net).filter(net -> net.signum() < 0).reduce(BigDecimal.ZERO,
          BigDecimal::subtract);
    }
  }

  record Position(String bank, BigDecimal sent, BigDecimal received, BigDecimal net) {}

  /** What the online proof says. */
  record Books(boolean passed, int assets, long entries, List<String> violations) {}

  /**
   * What the end of day left behind.
   *
   * @param statements of accounts
   * @param messages settlement orders to other banks
   */
  record Output(long statements, long messages) {}
}
