package ai.qenex.ledger;

import ai.qenex.kernel.Page;
import java.util.Optional;

/** Reading how an account became what it is: its opening, and each change with who asked for it and why. */
public interface AccountChanges {

  /**
   * {@code AccountOpened} and {@code AccountChanged} entries of one account, the newest first.
   *
   * @param limit 1 to {@link Page#MAX_LIMIT}
   * @param cursor {@code next} of the page before, empty for the newest
   * @throws ai.qenex.kernel.QenexException {@code INVALID_REQUEST} if the cursor is not one of ours
   */
  Page<LedgerEntry> of(AccountNumber account, int limit, Optional<String> cursor);
}
