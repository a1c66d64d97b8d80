package ai.qenex.settlement.service;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.settlement.CycleStatus;
import ai.qenex.settlement.iso20022.Pacs009;
import ai.qenex.settlement.netting.SettlementPlan;
import ai.qenex.settlement.netting.SettlementPlan.Leg;
import ai.qenex.settlement.netting.SettlementPlan.Order;
import ai.qenex.settlement.service.CycleStore.CycleRow;
import ai.qenex.settlement.service.SettlementStore.Message;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The transactions that settling a cycle consists of, each committed before the next begins. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SettlementSteps {

  private static final Logger LOG = System.getLogger(SettlementSteps.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") DataSource database;

  /**
   * Writes down how the netted cycle will be settled, or finds what is written already.
   *
   * @param createdAt what new messages say about when they were made
   */
  public List<Leg> intend(UUID id, Bic runningBank, Instant createdAt) {
    try (Connection connection = database.getConnection()) {
      CycleRow cycle = new CycleStore(connection).lock(id).orElseThrow();
      var store = new SettlementStore(connection);
      List<Leg> legs = store.legs(cycle);
      if (legs.isEmpty() && cycle.status() == CycleStatus.NETTED) {
        SettlementPlan plan = planOf(connection, cycle, runningBank);
        store.insert(cycle, plan.legs(),
            messages(cycle, plan, new Pacs009(runningBank, cycle.businessDate(), createdAt)));
        legs = store.legs(cycle);
      }
      return legs;
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the settlement of cycle " + id + " cannot be planned", e);
    }
  }

  private static SettlementPlan planOf(Connection connection, CycleRow cycle, Bic runningBank) throws SQLException {
    UUID seed = cycle.attempt() == 1 ? cycle.id() : UuidV7.derived(cycle.id(), "attempt." + cycle.attempt());
    return SettlementPlan.of(seed, runningBank, new CycleStore(connection).netting(cycle).positions());
  }

  private static List<Message> messages(CycleRow cycle, SettlementPlan plan, Pacs009 writer) {
    var messages = new ArrayList<Message>();
    for (Order order : plan.orders()) {
      if (Pacs009.carries(order)) {
        messages.add(new Message(order.messageId(), order.payer(), writer.write(order)));
      } else {
        LOG.log(Level.WARNING,
            "The {0} position of {1} on {2} is settled without a pacs.009, which cannot carry its amount exactly",
            cycle.asset(), order.payer(), cycle.businessDate());
      }
    }
    return messages;
  }

  /** The ledger has posted the transfers: the cycle is settled for good. */
  public void complete(UUID id) {
    try (Connection connection = database.getConnection()) {
      var cycles = new CycleStore(connection);
      CycleRow cycle = cycles.lock(id).orElseThrow();
      if (cycle.status() == CycleStatus.NETTED) {
        cycles.settled(cycle);
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "cycle " + id + " cannot be marked as settled", e);
    }
  }

  /** The ledger has refused the transfers, and will for their ids: the next attempt is planned anew. */
  public void refused(UUID id, int attempt) {
    try (Connection connection = database.getConnection()) {
      var cycles = new CycleStore(connection);
      CycleRow cycle = cycles.lock(id).orElseThrow();
      if (cycle.status() == CycleStatus.NETTED && cycle.attempt() == attempt) {
        new SettlementStore(connection).delete(cycle);
        cycles.nextAttempt(cycle);
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED,
          "the refusal of cycle " + id + " cannot be recorded", e);
    }
  }
}
