package ai.qenex.settlement;

import ai.qenex.kernel.BusinessDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The clearing cycles of the bank. Each step is idempotent: doing it again changes nothing and answers the same. */
public interface ClearingCycles {

  /** The most obligations one call may carry. */
  int MAX_BATCH = 10_000;

  /**
   * Records obligations in the open cycles of their business dates and assets, within the caller's transaction. An id
   * that is recorded already, with the same figures, is passed over.
   *
   * @throws ai.qenex.kernel.QenexException {@code CONFLICTING_STATE} if a cycle is no longer open, if an id is recorded
   * with other figures or if a cycle's gross would need more than 38 digits: nothing of the call is recorded
   */
  void record(List<Obligation> obligations);

  /**
   * Freezes the cycles of the day: from now on their set of obligations is fixed. @return ids of the cycles, by asset
   * code
   */
  List<UUID> close(BusinessDate date);

  /**
   * Fixes the net positions of the day's cycles. For each asset this bank's net position must equal what the clearing
   * account shows.
   *
   * @throws ai.qenex.kernel.QenexException {@code INVARIANT_BROKEN} if it does not; nothing is netted then
   */
  void net(BusinessDate date);

  /**
   * Posts each netted cycle of the day as one linked group between the clearing account and the nostro accounts, and
   * writes one pacs.009.001.08 per net payer.
   */
  void settle(BusinessDate date);

  /** The cycles of a day, by asset code. */
  List<ClearingCycle> cyclesOf(BusinessDate date);

  /** The pacs.009 of a settlement as XML in UTF-8. */
  Optional<byte[]> message(String messageId);
}
