package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerHealth;
import java.util.Optional;

/** Why the writer does not write, as any thread may ask. */
final class Health implements LedgerHealth {

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

  void ready() {
    obstacle = Optional.empty();
  }

  void notReady(String why) {
    obstacle = Optional.of(new Obstacle(ErrorCode.UNAVAILABLE, why));
  }

  void standby(String why) {
    obstacle = Optional.of(new Obstacle(ErrorCode.NOT_LEADER, why));
  }
}
