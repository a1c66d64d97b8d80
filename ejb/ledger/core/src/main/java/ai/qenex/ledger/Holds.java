package ai.qenex.ledger;

import ai.qenex.kernel.Page;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import java.util.Optional;
import java.util.UUID;

/** Reading holds, as fresh as the last commit. */
public interface Holds {

  /**
   * A hold's life so far.
   *
   * @param placed how it began
   * @param now how it stands
   */
  record Life(HoldPlaced placed, Hold now) {}

  Optional<Life> find(UUID id);

  /**
   * Holds of one account, open and ended, the newest first.
   *
   * @param limit 1 to {@link Page#MAX_LIMIT}
   * @param cursor {@code next} of the page before, empty for the newest
   * @throws ai.qenex.kernel.QenexException {@code INVALID_REQUEST} if the cursor is not one of ours
   */
  Page<Life> of(AccountNumber account, int limit, Optional<String> cursor);
}
