package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerHealth;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Why the writer does not write, as any thread may ask. */
final class Health implements LedgerHealth {

  private final CountDownLatch placeKnown = new CountDownLatch(1);
  private volatile Optional<Obstacle> obstacle =
      Optional.of(new Obstacle(ErrorCode.UNAVAILABLE, "the ledger is starting"));

  /** What a caller is told. */
  private record Obstacle(ErrorCode code, String why) {}

  @Override
  public Optional<String> whyNotReady() {
    return obstacle.map(Obstacle::why);
  }

  /** What to throw at a caller; empty if all is well. */
  Optional<QenexException> refusal() {
    return obstacle.map(known -> new QenexException(known.code, known.why));
  }

  /** Waits until the node leads or stands by for the first time. @return whether it does, within the patience */
  boolean awaitPlace(Duration patience) throws InterruptedException {
    return placeKnown.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  void ready() {
    obstacle = Optional.empty();
    placeKnown.countDown();
  }

  void notReady(String why) {
    obstacle = Optional.of(new Obstacle(ErrorCode.UNAVAILABLE, why));
  }

  void standby(String why) {
    obstacle = Optional.of(new Obstacle(ErrorCode.NOT_LEADER, why));
    placeKnown.countDown();
  }
}
