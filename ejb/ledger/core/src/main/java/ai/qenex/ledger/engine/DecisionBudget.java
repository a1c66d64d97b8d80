package ai.qenex.ledger.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What one decision may use of the writer's thread, which everybody waits for. Plain transfers are exempt: what they
 * use is known, and they do not pay for being measured.
 *
 * @param viewReads how often the view may be asked
 * @param time how long the decision may take; told after it, since nothing can stop it
 * @param nanoTime a clock of nanoseconds from anywhere, best the CPU time of the deciding thread
 */
public record DecisionBudget(int viewReads, Duration time, LongSupplier nanoTime) {

  private static final int READS = 50_000;
  private static final Duration TIME = Duration.ofMillis(250);

  /** 50,000 reads and 250 ms. */
  public static DecisionBudget standard(LongSupplier nanoTime) {
    return new DecisionBudget(READS, TIME, nanoTime);
  }

  /** As {@link #standard}, for callers without a clock: the time is not measured. */
  public static DecisionBudget untimed() {
    return standard(() -> 0);
  }
}
