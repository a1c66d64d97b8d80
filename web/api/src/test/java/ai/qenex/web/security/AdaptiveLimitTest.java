package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

  private static final long TARGET = 1_000;

  private final AdaptiveLimit limit = new AdaptiveLimit(new AdaptiveLimit.Bounds(4, 20, TARGET));

  @Test
  void refusesBeyondItsLimitAndTakesAgainAfterARelease() {
    for (int i = 0; i < 20; i++) {
      assertTrue(limit.tryAcquire());
    }
    assertFalse(limit.tryAcquire());
    limit.release(1);
    assertTrue(limit.tryAcquire());
    assertFalse(limit.tryAcquire());
  }

  @Test
  void shrinksToItsLeastWhileAnswersAreLateAndGrowsBackOnceTheyAreNot() {
    work(40, 20, TARGET + 1);
    assertEquals(4, limit.limit());
    work(400, 20, TARGET);
    assertEquals(20, limit.limit());
  }

  @Test
  void blamesNoCrowdForALateAnswerWhileFewAreInHand() {
    work(40, 5, TARGET * 100);
    assertEquals(20, limit.limit());
  }

  /**
   * A server that does eight requests at a time and slows down beyond: what is admitted settles where answers come in
   * time, although five times as much is offered.
   */
  @Test
  void settlesWhereTheServerIsStillInTime() {
    var inHand = new ArrayDeque<Integer>();
    for (int step = 0; step < 50_000; step++) {
      for (int offered = 0; offered < 5 && limit.tryAcquire(); offered++) {
        inHand.add(step);
      }
      int crowd = inHand.size();
      inHand.poll();
      limit.release(crowd * TARGET / 8);
    }
    assertTrue(limit.limit() >= 6 && limit.limit() <= 10, () -> "the limit is " + limit.limit());
  }

  @Test
  void losesNoPlaceHoweverManyComeAtOnce() throws Exception {
    var pool = Executors.newFixedThreadPool(8);
    try {
      Callable<Integer> caller = () -> {
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
          if (limit.tryAcquire()) {
            assertTrue(limit.inHand() <= 20 + 8);
            limit.release(i % 3 == 0 ? TARGET + 1 : 1);
            taken++;
          }
        }
        return taken;
      };
      int taken = 0;
      for (var done : pool.invokeAll(IntStream.range(0, 8).mapToObj(i -> caller).toList())) {
        taken += done.get();
      }
      assertTrue(taken > 0);
    } finally {
      pool.shutdownNow();
    }
    assertEquals(0, limit.inHand());
  }

  /** Rounds in which as many as there is room for, at most so many, come at once and take that long. */
  private void work(int rounds, int most, long nanos) {
    for (int round = 0; round < rounds * 4; round++) {
      int taken = 0;
      while (taken < most && limit.tryAcquire()) {
        taken++;
      }
      for (int i = 0; i < taken; i++) {
        limit.release(nanos);
      }
    }
  }
}
