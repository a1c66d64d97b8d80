package ai.qenex.ledger.engine;

import ai.qenex.kernel.UuidV7;
import java.time.Instant;
import java.util.UUID;

/**
 * The most recent ids of the log: tells cheaply that an id is certainly new. An id that is not certainly new is looked
 * up in the log.
 *
 * <p>
 * Two generations of half the capacity each: when the younger is full, the older is forgotten. Of what was forgotten
 * the latest id time is kept, so that a version 7 id that is younger and not in the window was never seen, however the
 * clients' clocks differ.
 */
public final class IdWindow {

  private final int generationSize;
  private Generation young;
  private Generation old;
  private boolean complete = true;
  private long newestForgottenMillis = Long.MIN_VALUE;

  /** @param capacity the most ids to remember, at least 2; half as many are always remembered */
  public IdWindow(int capacity) {
    generationSize = capacity / 2;
    young = new Generation(generationSize);
    old = new Generation(generationSize);
  }

  /** The log holds ids that this window was not told, none of which is dated after the given instant. */
  public void startAfter(Instant newestForgotten) {
    complete = false;
    newestForgottenMillis = Math.max(newestForgottenMillis, newestForgotten.toEpochMilli());
  }

  public void add(UUID id) {
    if (young.size == generationSize) {
      if (old.size > 0) {
        complete = false;
        newestForgottenMillis = Math.max(newestForgottenMillis, old.newestMillis);
      }
      old = young;
      young = new Generation(generationSize);
    }
    young.add(id);
  }

  /** Whether no entry of the log has this id. A "no" means only that one may have. */
  public boolean isCertainlyNew(UUID id) {
    if (young.contains(id) || old.contains(id)) {
      return false;
    }
    return complete || UuidV7.isVersion7(id) && id.getMostSignificantBits() >>> 16 > newestForgottenMillis;
  }

  /** A set with open addressing of 16 bytes a slot; grows to hold {@code limit} ids at most two thirds full. */
  private static final class Generation {

    private static final int FIRST_SLOTS = 1 << 10;

    private long[] slots = new long[2 * FIRST_SLOTS];
    private int size;
    private boolean holdsNil;
    private long newestMillis = Long.MIN_VALUE;
    private final int limit;

    Generation(int limit) {
      this.limit = limit;
    }

    void add(UUID id) {
      if (UuidV7.isVersion7(id)) {
        newestMillis = Math.max(newestMillis, id.getMostSignificantBits() >>> 16);
      }
      size++;
      long high = id.getMostSignificantBits();
      long low = id.getLeastSignificantBits();
      if ((high | low) == 0) {
        holdsNil = true;
        return;
      }
      if (size <= limit && 3L * size > slots.length) {
        grow();
      }
      insert(slots, high, low);
    }

    boolean contains(UUID id) {
      long high = id.getMostSignificantBits();
      long low = id.getLeastSignificantBits();
      if ((high | low) == 0) {
        return holdsNil;
      }
      int at = find(slots, high, low);
      return (slots[at] | slots[at + 1]) != 0;
    }

    private void grow() {
      var bigger = new long[slots.length * 2];
      for (int i = 0; i < slots.length; i += 2) {
        if ((slots[i] | slots[i + 1]) != 0) {
          insert(bigger, slots[i], slots[i + 1]);
        }
      }
      slots = bigger;
    }

    private static void insert(long[] slots, long high, long low) {
      int at = find(slots, high, low);
      slots[at] = high;
      slots[at + 1] = low;
    }

    /** Index of the id, or of the empty slot where it belongs. */
    private static int find(long[] slots, long high, long low) {
      long hash = (high ^ low) * 0x9E37_79B9_7F4A_7C15L;
      int mask = slots.length - 1;
      int at = (int) (hash >>> 32) & mask & ~1;
      while ((slots[at] | slots[at + 1]) != 0 && (slots[at] != high || slots[at + 1] != low)) {
        at = at + 2 & mask;
      }
      return at;
    }
  }
}
