package ai.qenex.web.security;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests may be in hand at once: additive increase, multiplicative decrease (RFC 5681's idea, applied to
 * requests). Answers are counted in windows. While most of a window come within the target and the room was used, the
 * limit grows by one; when most of a window that used at least half the room come later, it shrinks by a tenth, because
 * then requests wait for each other and more at once would only wait longer. A slow answer while little is in hand has
 * another cause and shrinks nothing.
 *
 * <p>
 * Thread-safe; an acquisition and its release cost some ten nanoseconds.
 */
final class AdaptiveLimit {

  private static final int WINDOW = 64;

  private final Bounds bounds;
  private final AtomicInteger inHand = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private volatile int limit;
  private volatile int mostInHand;

  /**
   * @param least the limit never falls below
   * @param most nor rises above it
   * @param targetNanos within which most answers should come
   */
  record Bounds(int least, int most, long targetNanos) {
    Bounds {
      if (least < 1 || most < least || targetNanos < 1) {
        throw new IllegalArgumentException("1 <= least <= most, and a target above zero");
      }
    }
  }

  AdaptiveLimit(Bounds bounds) {
    this.bounds = bounds;
    this.limit = bounds.most;
  }

  /** @return whether there was room; then {@link #release} follows once */
  boolean tryAcquire() {
    int now = inHand.incrementAndGet();
    if (now > limit) {
      inHand.decrementAndGet();
      return false;
    }
    if (now > mostInHand) {
      mostInHand = now; // two may meet here and the smaller win: the window's figure is then low by one
    }
    return true;
  }

  /** @param nanos that the answer took */
  void release(long nanos) {
    inHand.decrementAndGet();
    if (nanos > bounds.targetNanos) {
      late.incrementAndGet();
    }
    if (answers.incrementAndGet() == WINDOW) {
      adapt();
    }
  }

  /** Only whoever completed a window comes here, and no other window is complete before the count starts anew. */
  private void adapt() {
    boolean mostAreLate = late.getAndSet(0) > WINDOW / 2;
    int used = mostInHand;
    mostInHand = 0;
    if (mostAreLate && used * 2 >= limit) {
      limit = Math.max(bounds.least, limit - Math.max(1, limit / 10));
    } else if (!mostAreLate && used >= limit) {
      limit = Math.min(bounds.most, limit + 1);
    }
    answers.set(0);
  }

  int limit() {
    return limit;
  }

  int inHand() {
    return inHand.get();
  }
}
