package ai.qenex.ledger;

import java.util.Optional;
import java.util.UUID;

/** What captures, releases and expiries ask of a hold alike. */
final class HoldRules {

  private HoldRules() {}

  /** Empty if the hold is there and open. */
  static Optional<Refusal> refusalOfState(UUID id, Optional<Hold> known) {
    if (known.isEmpty()) {
      return Optional.of(new Refusal(Clause.HOLD_NOT_FOUND, TransferRules.figures("hold", id)));
    }
    return known.get().isOpen() ? Optional.empty()
        : Optional.of(new Refusal(Clause.HOLD_NOT_OPEN,
            TransferRules.figures("hold", id, "holdStatus", known.get().status().code())));
  }
}
