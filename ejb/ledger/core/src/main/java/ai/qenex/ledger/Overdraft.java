package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import java.util.Optional;

/**
 * How far below zero an allocation may take an account, within the limit that the account has anyway.
 *
 * @param upTo minor units, zero or more; empty: as far as the account's limit goes, without end for one without a floor
 */
public record Overdraft(Optional<Amount> upTo) {

  /** Only what stands above zero is taken. */
  public static final Overdraft NONE = new Overdraft(Optional.of(Amount.ZERO));

  /** All that the account's limit allows is taken. */
  public static final Overdraft AS_GRANTED = new Overdraft(Optional.empty());

  public Overdraft {
    if (upTo.isPresent() && upTo.get().isNegative()) {
      throw new IllegalArgumentException("an overdraft is zero or more");
    }
  }
}
