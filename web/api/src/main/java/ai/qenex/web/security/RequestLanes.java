package ai.qenex.web.security;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The lanes in which requests are in hand, so that no kind can take the room of all: short ones up to an adaptive
 * limit, streams that may last minutes up to a fixed number, and a few places that only those who run the bank get,
 * when the short lane is full, for anything but moving money. Health is asked outside of all lanes.
 */
final class RequestLanes {

  /** By their exact addresses, so that no detour through them is free. */
  static final Set<String> HEALTH = Set.of("/health/live", "/health/ready");

  private static final String API = "/api/v1/";
  private static final Set<String> STREAMS = Set.of("/api/v1/transfers/batch", "/api/v1/payment-files",
      "/api/v1/ledger/log", "/api/v1/ledger/seal/heads/all", "/api/v1/ledger/archives", "/api/v1/ledger/rebuild");
  private static final List<String> MONEY = List.of(API + "transfers", API + "transaction", API + "holds",
      API + "allocations", API + "conversions", API + "payments");

  private final AdaptiveLimit shortOnes;
  private final Places streams;
  private final Places operators;

  /** Where a request is in hand. */
  enum Lane {
    /** Not counted. */
    FREE,
    /** Counted, and how long it takes steers the limit. */
    SHORT,
    /** Counted by itself. */
    STREAM,
    /** One of the places for those who run the bank. */
    OPERATOR,
    /** No room: refuse at once. */
    NONE
  }

  RequestLanes(AdaptiveLimit shortOnes, int streams, int operators) {
    this.shortOnes = shortOnes;
    this.streams = new Places(streams);
    this.operators = new Places(operators);
  }

  /** @param runsTheBank whether the caller is an operator or administrator; asked only when it matters */
  Lane enter(String path, BooleanSupplier runsTheBank) {
    if (HEALTH.contains(path)) {
      return Lane.FREE;
    }
    if (isStream(path)) {
      return streams.tryTake() ? Lane.STREAM : Lane.NONE;
    }
    if (shortOnes.tryAcquire()) {
      return Lane.SHORT;
    }
    return MONEY.stream().noneMatch(path::startsWith) && runsTheBank.getAsBoolean() && operators.tryTake()
        ? Lane.OPERATOR : Lane.NONE;
  }

  /** @param nanos that the request took */
  void leave(Lane lane, long nanos) {
    switch (lane) {
      case SHORT -> shortOnes.release(nanos);
      case STREAM -> streams.giveBack();
      case OPERATOR -> operators.giveBack();
      case FREE, NONE -> {
        // took no place
      }
    }
  }

  private static boolean isStream(String path) {
    return STREAMS.contains(path) || path.endsWith("/export");
  }

  private static final class Places {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    Places(int most) {
      this.most = most;
    }

    boolean tryTake() {
      if (taken.incrementAndGet() > most) {
        taken.decrementAndGet();
        return false;
      }
      return true;
    }

    void giveBack() {
      taken.decrementAndGet();
    }
  }
}
