package ai.qenex.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then randomness, so that new ids sort behind old
 * ones.
 */
public final class UuidV7 {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final int COUNTER_BITS = 12;
  private static final long COUNTER_START = 0x7FFL;
  /** Ids are dated no more than a second ahead of the clock. */
  private static final long MOST_BORROWED = 1_000L << COUNTER_BITS;
  private static final long RANDOM_62_BITS = 0x3FFF_FFFF_FFFF_FFFFL;

  private final InstantSource clock;
  private final RandomGenerator random;
  /** Milliseconds and counter of the last id: what its first half holds beside the version. */
  private final AtomicLong last = new AtomicLong();

  /** A generator that takes time and randomness from its caller; as thread-safe as the two. */
  public UuidV7(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Behind every id that this generator made before, also within one millisecond (RFC 9562 §6.2, method 1): a database
   * takes in ids that come in order at less cost. The counter begins anywhere in the lower half of its 12 bits; who
   * uses it up, or turns the clock back a little, borrows from the milliseconds to come, up to a second.
   */
  public UUID next() {
    long fresh = clock.millis() << COUNTER_BITS | random.nextLong() & COUNTER_START;
    long counted = last.accumulateAndGet(fresh,
        (before, now) -> before >= now && before - now < MOST_BORROWED ? before + 1 : now);
    return of(counted >> COUNTER_BITS, counted, random.nextLong());
  }

  /** An id of the given time whose other 74 bits come from the two words. */
  public static UUID of(long unixMillis, long randomHigh, long randomLow) {
    return new UUID(
        unixMillis << 16 | VERSION | (randomHigh & 0xFFFL),
        VARIANT | (randomLow & RANDOM_62_BITS));
  }

  /**
   * The id of a part of something that has an id already: same time, the rest a SHA-256 of id and part. The same
   * question always gets the same answer, so work that is done again after a crash uses the same ids. What has an id
   * without a time, such as a client's random UUID, gives its parts the earliest time there is, never one to come.
   */
  public static UUID derived(UUID whole, String part) {
    byte[] name = part.getBytes(StandardCharsets.UTF_8);
    ByteBuffer input = ByteBuffer.allocate(16 + name.length)
        .putLong(whole.getMostSignificantBits()).putLong(whole.getLeastSignificantBits()).put(name);
    ByteBuffer hash = ByteBuffer.wrap(sha256(input.array()));
    return of(isVersion7(whole) ? whole.getMostSignificantBits() >>> 16 : 0, hash.getLong(), hash.getLong());
  }

  public static boolean isVersion7(UUID id) {
    return id.version() == 7 && id.variant() == 2;
  }

  /** The time in a version 7 id, to the millisecond. Meaningless for other versions. */
  public static Instant timeOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
