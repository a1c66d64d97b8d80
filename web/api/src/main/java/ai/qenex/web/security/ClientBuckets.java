package ai.qenex.web.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A token bucket per name (a user, a client, an address). The number of buckets is bounded: a full one remembers
 * nothing and is dropped when room is needed; if all are in use, whoever has none yet shares one with the other
 * newcomers, so that a flood of new names slows down newcomers only.
 */
final class ClientBuckets {

  private static final String NEWCOMERS = "";
  private static final long SWEEP_NANOS = 1_000_000_000;

  private final Rate usual;
  private final Map<String, Rate> others;
  private final int most;
  private final TimeMeter clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private volatile long sweptAt;

  /**
   * @param perSecond requests that a bucket refills by in a second
   * @param burst requests that a full one holds
   */
  record Rate(long perSecond, long burst) {
    Rate {
      if (perSecond < 1 || burst < perSecond) {
        throw new IllegalArgumentException("at least one request a second, and a burst of a second at least");
      }
    }

    /** With the burst of two seconds. */
    static Rate of(long perSecond) {
      return new Rate(perSecond, 2 * perSecond);
    }
  }

  /**
   * @param others rates of names that have one of their own
   * @param most buckets at once
   */
  ClientBuckets(Rate usual, Map<String, Rate> others, int most, TimeMeter clock) {
    this.usual = usual;
    this.others = Map.copyOf(others);
    this.most = most;
    this.clock = clock;
    this.sweptAt = clock.currentTimeNanos() - SWEEP_NANOS;
  }

  /** Takes one request out of the name's bucket, or says when there will be one. */
  ConsumptionProbe take(String name) {
    Bucket bucket = buckets.get(name);
    return (bucket == null ? bucketFor(name) : bucket).tryConsumeAndReturnRemaining(1);
  }

  Rate rateOf(String name) {
    return others.getOrDefault(name, usual);
  }

  int size() {
    return buckets.size();
  }

  private Bucket bucketFor(String name) {
    boolean room = buckets.size() < most || hasRoomAfterSweep();
    return buckets.computeIfAbsent(room ? name : NEWCOMERS, this::newBucket);
  }

  private boolean hasRoomAfterSweep() {
    long now = clock.currentTimeNanos();
    if (now - sweptAt < SWEEP_NANOS) {
      return false;
    }
    sweptAt = now;
    buckets.entrySet().removeIf(entry -> entry.getValue().getAvailableTokens() >= rateOf(entry.getKey()).burst());
    return buckets.size() < most;
  }

  private Bucket newBucket(String name) {
    Rate rate = rateOf(name);
    return Bucket.builder().withCustomTimePrecision(clock)
        .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1))).build();
  }
}
