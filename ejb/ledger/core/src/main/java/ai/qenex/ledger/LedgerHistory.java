package ai.qenex.ledger;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Page;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Reading what happened. */
public interface LedgerHistory {

  Optional<LedgerEntry> find(UUID id);

  /** What became of each id that is known, in log order: how a context learns the fate of what it submitted. */
  List<LedgerEntry> findAll(List<UUID> ids);

  /**
   * Transfers of one account, newest first.
   *
   * @param limit 1 to {@link Page#MAX_LIMIT}
   * @param cursor {@code next} of the page before, empty for the newest
   * @throws ai.qenex.kernel.QenexException {@code INVALID_REQUEST} if the cursor is not one of ours
   */
  Page<TransferPosted> transfersOf(AccountNumber account, int limit, Optional<String> cursor);

  /** The accounts with at least one transfer of the business date, by number. */
  List<AccountNumber> accountsMovedOn(BusinessDate date);

  /** Hands over one account's transfers of a business date in log order, without holding them all in memory. */
  void transfersOn(BusinessDate date, AccountNumber account, Consumer<TransferPosted> receiver);

  /** SHA-256 (RFC 9162 leaf hash) over the canonical form of a transfer, as 64 lower-case hex digits. */
  String hashOf(TransferPosted transfer);
}
