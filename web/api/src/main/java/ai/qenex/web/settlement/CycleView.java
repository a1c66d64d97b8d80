package ai.qenex.web.settlement;

import ai.qenex.settlement.ClearingCycle;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A clearing cycle.
 *
 * @param obligations how many there are
 * @param gross what would have to be paid without netting
 * @param positions net positions, which sum to zero
 * @param settlement what settled it; empty before
 */
public record CycleView(
    UUID id, LocalDate businessDate, String asset, String status, long obligations, String gross,
    List<Position> positions,
    List<Settled> settlement) {

  /** @param net received minus sent */
  public record Position(String bank, String sent, String received, String net) {}

  /**
   * @param transferId the transfer over the bank's nostro account; absent for the bank that runs the cycle
   * @param messageId the pacs.009 that orders it, for a net payer
   */
  public record Settled(String bank, String net, Optional<UUID> transferId, Optional<String> messageId) {}

  public record CycleList(List<CycleView> items) {}

  static CycleView of(ClearingCycle cycle) {
    return new CycleView(cycle.id(), cycle.businessDate().date(), cycle.asset().code(), cycle.status().code(),
        cycle.obligations(),
        cycle.gross().toDecimalString(),
        cycle.positions().stream()
            .map(position -> new Position(position.bank().code(), position.sent().toDecimalString(),
                position.received().toDecimalString(), position.net().toDecimalString()))
            .toList(),
        cycle.settlement().stream().map(settled -> new Settled(settled.bank().code(), settled.net().toDecimalString(),
            settled.transferId(), settled.messageId())).toList());
  }
}
