package ai.qenex.settlement;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A cycle as it stands.
 *
 * @param obligations how many there are
 * @param gross the sum of all obligations: what would have to be paid without netting
 * @param positions per bank, sorted by BIC; net positions sum to zero
 * @param settlement transfers that settled it, and the pacs.009 messages of the net payers; empty before
 * {@link CycleStatus#SETTLED}
 */
public record ClearingCycle(
    UUID id, BusinessDate businessDate, Asset asset, CycleStatus status, long obligations, Money gross,
    List<Position> positions, List<Settlement> settlement) {

  public ClearingCycle {
    positions = List.copyOf(positions);
    settlement = List.copyOf(settlement);
  }

  /** What one bank sent and received before netting, and its net position: received minus sent. */
  public record Position(Bic bank, Money sent, Money received, Money net) {}

  /**
   * How one bank's net position was settled.
   *
   * @param transferId the ledger transfer; empty for the bank that runs the cycle, whose position is the sum of the
   * others'
   * @param messageId id of the pacs.009 that orders it, for a net payer
   */
  public record Settlement(Bic bank, Money net, Optional<UUID> transferId, Optional<String> messageId) {}
}
