package ai.qenex.ledger;

import ai.qenex.kernel.UuidV7;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends a hold whose time is over. Its id is derived from the hold's, so that whoever asks for it, however often, asks
 * for the same.
 */
public record ExpireHold(UUID hold) implements Instruction {

  @Override
  public List<UUID> ids() {
    return List.of(UuidV7.derived(hold, "expire"));
  }

  @Override
  public List<UUID> refersTo() {
    return List.of(hold);
  }

  @Override
  public long fingerprint(int index) {
    return new Fingerprint("expire-hold").add(hold.getMostSignificantBits()).add(hold.getLeastSignificantBits())
        .hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<Hold> known = view.hold(hold);
    Optional<Refusal> refusal = HoldRules.refusalOfState(hold, known);
    if (refusal.isPresent()) {
      return new Decision.Reject(0, refusal.get());
    }
    return view.now().isBefore(known.get().expiresAt())
        ? new Decision.Reject(0, new Refusal(Clause.HOLD_NOT_DUE,
            TransferRules.figures("hold", hold, "expiresAt", known.get().expiresAt())))
        : new Decision.Accept(List.of(new Effect.HoldEnding(hold, HoldStatus.EXPIRED)));
  }
}
