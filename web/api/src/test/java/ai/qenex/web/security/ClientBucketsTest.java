package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.web.security.ClientBuckets.Rate;
import io.github.bucket4j.TimeMeter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientBucketsTest {

  private static final long SECOND = 1_000_000_000;

  private long now = 17;
  private final TimeMeter clock = new TimeMeter() {
    @Override
    public long currentTimeNanos() {
      return now;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  };
  private final ClientBuckets buckets = new ClientBuckets(Rate.of(5), Map.of("night-job", Rate.of(1)), 3, clock);

  @Test
  void letsABurstThroughAndThenAsManyAsTheRate() {
    assertEquals(10, taken("a", 20));
    assertEquals(0, taken("a", 1));
    assertEquals(SECOND / 5, buckets.take("a").getNanosToWaitForRefill());
    now += SECOND;
    assertEquals(5, taken("a", 20));
  }

  @Test
  void givesEachNameItsOwnBucketAndSomeTheirOwnRate() {
    assertEquals(10, taken("a", 20));
    assertEquals(10, taken("b", 20));
    assertEquals(2, taken("night-job", 20));
  }

  @Test
  void keepsNoMoreBucketsThanItMayAndLetsNewcomersShareOne() {
    for (String name : new String[] {"a", "b", "c"}) {
      assertTrue(buckets.take(name).isConsumed());
    }
    int newcomers = 0;
    for (int i = 0; i < 1_000; i++) {
      newcomers += buckets.take("new-" + i).isConsumed() ? 1 : 0;
    }
    assertEquals(10, newcomers, "a flood of names gets the room of one");
    assertEquals(4, buckets.size());
    assertTrue(buckets.take("a").isConsumed(), "whoever was there has his own");
  }

  @Test
  void dropsFullBucketsWhenRoomIsNeeded() {
    taken("a", 10);
    taken("b", 1);
    taken("c", 1);
    now += SECOND;
    assertTrue(buckets.take("d").isConsumed());
    assertTrue(buckets.size() <= 3);
    assertEquals(5, taken("a", 20), "one that is not full is remembered");
    assertFalse(buckets.take("a").isConsumed());
  }

  private int taken(String name, int wanted) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += buckets.take(name).isConsumed() ? 1 : 0;
    }
    return taken;
  }
}
