package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerHealth;
import java.util.Optional;

/** Why the writer does not write, as any thread may ask. */
final class Health implements LedgerHealth {

  private volatile Optional<String> reason = Optional.of("the ledger is starting");

  @Override
  public Optional<String> whyNotReady() {
    return reason;
  }

  void ready() {
    reason = Optional.empty();
  }

  void notReady(String why) {
    reason = Optional.of(why);
  }
}
