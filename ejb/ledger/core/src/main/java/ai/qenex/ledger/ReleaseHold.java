package ai.qenex.ledger;

import java.util.List;
import java.util.UUID;

/**
 * Gives back all that a hold still reserves, whatever the account's status.
 *
 * @param id idempotency id
 */
public record ReleaseHold(UUID id, UUID hold) implements Instruction {

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public List<UUID> refersTo() {
    return List.of(hold);
  }

  @Override
  public long fingerprint(int index) {
    return new Fingerprint("release-hold").add(hold.getMostSignificantBits()).add(hold.getLeastSignificantBits())
        .hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    return HoldRules.refusalOfState(hold, view.hold(hold)).<Decision>map(no -> new Decision.Reject(0, no))
        .orElseGet(() -> new Decision.Accept(List.of(new Effect.HoldEnding(hold, HoldStatus.RELEASED))));
  }
}
