package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A transfer that was refused, which is recorded so that its id always answers the same. */
public record RefusedView(UUID id, long seq, String status, Instant bookedAt, String code,
    Map<String, String> figures) {

  static RefusedView of(InstructionRefused refused) {
    return new RefusedView(refused.id(), refused.seq(), "refused", refused.bookedAt(),
        refused.refusal().clause().name(),
        refused.refusal().figures());
  }
}
