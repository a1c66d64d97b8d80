package ai.qenex.security.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.identity.LockOut.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LockOutTest {

  private static final Instant NOW = Instant.parse("2027-02-26T10:00:00Z");
  private final LockOut rule =
      new LockOut(5, Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofMinutes(15));

  @Test
  void closesANameAtTheLimitAndNotBefore() {
    Count count = Count.NONE;
    for (int i = 1; i < 5; i++) {
      count = rule.guessed(count, NOW);
      assertEquals(Optional.empty(), count.closedFor(NOW), "guess " + i);
    }
    assertEquals(Optional.of(Duration.ofSeconds(30)), rule.guessed(count, NOW).closedFor(NOW));
  }

  @Test
  void closesTwiceAsLongEachTimeAndNeverLongerThanTheBound() {
    assertEquals(Duration.ofSeconds(60), rule.pauseAfter(6));
    assertEquals(Duration.ofSeconds(480), rule.pauseAfter(9));
    assertEquals(Duration.ofMinutes(15), rule.pauseAfter(10));
    assertEquals(Duration.ofMinutes(15), rule.pauseAfter(Integer.MAX_VALUE));
  }

  @Test
  void opensWhenThePauseIsOver() {
    Count count = Count.NONE;
    for (int i = 0; i < 5; i++) {
      count = rule.guessed(count, NOW);
    }
    assertEquals(Optional.empty(), count.closedFor(NOW.plusSeconds(30)));
    assertTrue(count.closedFor(NOW.plusSeconds(29)).isPresent());
  }

  @Test
  void forgetsFailuresThatAreLongAgo() {
    Count once = rule.guessed(Count.NONE, NOW);
    assertEquals(2, rule.guessed(once, NOW.plus(Duration.ofMinutes(15)).minusNanos(1)).failures());
    assertEquals(1, rule.guessed(once, NOW.plus(Duration.ofMinutes(15))).failures());
  }

  @Test
  void remembersAClosedNameLongerThanItIsClosed() {
    LockOut shortMemory = new LockOut(1, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1));
    Count count = shortMemory.guessed(Count.NONE, NOW);
    assertEquals(NOW.plus(Duration.ofHours(1)).plusSeconds(1), count.until());
  }

  @Test
  void allowsAtMostThisManyGuessesInADay() {
    Count count = Count.NONE;
    int guesses = 0;
    for (Instant now = NOW; now.isBefore(NOW.plus(Duration.ofDays(1))); now = now.plusSeconds(1)) {
      if (count.closedFor(now).isEmpty()) {
        count = rule.guessed(count, now);
        guesses++;
      }
    }
    assertTrue(guesses <= 110, "guesses of one who never rests: " + guesses);
  }
}
