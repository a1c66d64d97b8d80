package ai.qenex.settlement.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.settlement.ClearingCycle;
import ai.qenex.settlement.ClearingCycle.Settlement;
import ai.qenex.settlement.CycleStatus;
import ai.qenex.settlement.netting.Netting;
import ai.qenex.settlement.service.CycleStore.CycleRow;
import ai.qenex.settlement.service.CycleStore.Owed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Cycles as the world outside sees them: positions are those of the moment until they are fixed by netting. */
final class CycleReader {

  private final Connection connection;

  CycleReader(Connection connection) {
    this.connection = connection;
  }

  List<ClearingCycle> cyclesOf(BusinessDate date) throws SQLException {
    var store = new CycleStore(connection);
    var cycles = new ArrayList<ClearingCycle>();
    for (CycleRow cycle : store.cyclesOf(date)) {
      cycles.add(switch (cycle.status()) {
        case OPEN, CLOSED -> {
          Owed owed = store.owed(cycle);
          yield cycle(cycle, owed.obligations(), Netting.of(cycle.asset(), owed.flows()));
        }
        case NETTED, SETTLED -> cycle(cycle, store.obligationsOf(cycle), store.netting(cycle));
      });
    }
    return cycles;
  }

  private ClearingCycle cycle(CycleRow cycle, long obligations, Netting netting) throws SQLException {
    List<Settlement> settlement = cycle.status() != CycleStatus.SETTLED ? List.of()
        : new SettlementStore(connection).legs(cycle).stream()
            .map(leg -> new Settlement(leg.bank(), leg.net(), leg.transferId(), leg.messageId())).toList();
    return new ClearingCycle(cycle.id(), cycle.businessDate(), cycle.asset(), cycle.status(), obligations,
        netting.gross(),
        netting.positions(), settlement);
  }
}
