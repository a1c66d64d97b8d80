package ai.qenex.web.security;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bulkhead and circuit breaker in front of what verifies tokens, because that may call another house: the provider of
 * the bank's keys, when a token names one that is not known yet. Were the provider to hang, every thread of the server
 * would soon wait for it, health included. So only some may wait, and after one that waited too long nobody tries for a
 * while. Tokens verified a moment ago do not come here.
 */
final class VerificationGate {

  private final int most;
  private final long slowNanos;
  private final long pauseNanos;
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean open;
  private volatile long openedAt;

  /**
   * @param most callers at once
   * @param slowNanos a call that takes longer opens the breaker
   * @param pauseNanos how long it stays open; then callers try again
   */
  VerificationGate(int most, long slowNanos, long pauseNanos) {
    this.most = most;
    this.slowNanos = slowNanos;
    this.pauseNanos = pauseNanos;
  }

  /** @param now of a monotonic clock @return whether the call may be made; then {@link #leave} follows */
  boolean tryEnter(long now) {
    if (open && now - openedAt < pauseNanos) {
      return false;
    }
    if (inside.incrementAndGet() > most) {
      inside.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave(long begun, long now) {
    inside.decrementAndGet();
    boolean slow = now - begun > slowNanos;
    if (slow) {
      openedAt = now;
    }
    open = slow || open && now - openedAt < pauseNanos;
  }
}
