package ai.qenex.security.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When guessing is paused (OWASP ASVS 5.0, 6.3.1): failures of one name are counted while they follow each other within
 * a window; from a limit on, each one closes the name for a while, the first time shortly, then twice as long each
 * time, and never longer than a bound, so that a stranger cannot shut anyone out for good.
 *
 * @param limit failures before the first pause, at least 1
 * @param window how long a failure is remembered, from the end of the pause it led to
 * @param first pause
 * @param longest pause
 */
public record LockOut(int limit, Duration window, Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  public LockOut {
    if (limit < 1 || window.isNegative() || window.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("A lock-out has a limit, a window, and pauses that grow");
    }
  }

  /**
   * What is known of a name.
   *
   * @param failures in a row, each within the window of the one before
   * @param until the failures are forgotten
   * @param closedUntil no guess is looked at before
   */
  public record Count(int failures, Instant until, Optional<Instant> closedUntil) {

    /** Of a name that nobody failed with. */
    public static final Count NONE = new Count(0, Instant.EPOCH, Optional.empty());

    /** How long the name stays closed; empty if it is open. */
    public Optional<Duration> closedFor(Instant now) {
      return closedUntil.filter(now::isBefore).map(end -> Duration.between(now, end));
    }
  }

  /**
   * The count after one more guess, which is noted before it is looked at: guesses that arrive together are counted
   * all.
   */
  public Count guessed(Count before, Instant now) {
    int failures = now.isBefore(before.until()) ? before.failures() + 1 : 1;
    Optional<Instant> closed = failures < limit ? Optional.empty() : Optional.of(now.plus(pauseAfter(failures)));
    return new Count(failures, closed.orElse(now).plus(window), closed);
  }

  /** Zero below the limit. */
  public Duration pauseAfter(int failures) {
    if (failures < limit) {
      return Duration.ZERO;
    }
    Duration pause = first;
    for (int i = 0; i < Math.min(failures - limit, MOST_DOUBLINGS) && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
