package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import java.util.UUID;

/** What a transfer has to do with an earlier entry of the log. */
public sealed interface Link {

  /** It undoes that transfer, which is undone at most once (invariant {@code REVERSAL-1}). */
  record Reverses(UUID transfer) implements Link {}

  /**
   * It takes what that hold reserved (invariant {@code HOLD-1}).
   *
   * @param heldAfter what the hold still reserves after it, in minor units, zero or more
   */
  record Captures(UUID hold, Amount heldAfter) implements Link {

    public Captures {
      if (heldAfter.isNegative()) {
        throw new IllegalArgumentException("a hold reserves zero or more");
      }
    }
  }
}
