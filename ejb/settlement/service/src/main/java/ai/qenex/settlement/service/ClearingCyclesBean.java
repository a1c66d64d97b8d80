package ai.qenex.settlement.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.Roles;
import ai.qenex.settlement.ClearingCycle;
import ai.qenex.settlement.ClearingCycles;
import ai.qenex.settlement.CycleStatus;
import ai.qenex.settlement.Obligation;
import ai.qenex.settlement.netting.Netting;
import ai.qenex.settlement.netting.SettlementPlan.Leg;
import ai.qenex.settlement.service.CycleStore.CycleRow;
import ai.qenex.settlement.service.CycleStore.Owed;
import ai.qenex.settlement.service.SettlementStore.Message;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** The clearing cycles on PostgreSQL and the ledger. */
@Stateless
@Local(ClearingCycles.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
public class ClearingCyclesBean implements ClearingCycles {

  private static final UuidV7 IDS = new UuidV7(InstantSource.system(), new SecureRandom());

  @Resource(lookup = "java:comp/DefaultDataSource") DataSource database;
  @EJB Accounts accounts;
  @EJB LedgerHistory history;
  @EJB BusinessDays days;
  @EJB Ledger ledger;
  @EJB SettlementSteps steps;

  SettlementConfig config;

  @PostConstruct
  void configure() {
    config = SettlementConfig.read();
  }

  @Override
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.SERVICE})
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void record(List<Obligation> obligations) {
    if (obligations.size() > MAX_BATCH) {
      throw new QenexException(ErrorCode.INVALID_REQUEST,
          "at most " + MAX_BATCH + " obligations are recorded at a time");
    }
    try (Connection connection = database.getConnection()) {
      new ObligationStore(connection, IDS, date -> days.open().contains(date)).insert(obligations);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "obligations cannot be recorded", e);
    }
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public List<UUID> close(BusinessDate date) {
    try (Connection connection = database.getConnection()) {
      var store = new CycleStore(connection);
      store.closeDay(date);
      return store.cyclesOf(date).stream().map(CycleRow::id).toList();
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the cycles of " + date + " cannot be closed", e);
    }
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void net(BusinessDate date) {
    var movement = new ClearingMovement(accounts, history, config.bank());
    try (Connection connection = database.getConnection()) {
      var store = new CycleStore(connection);
      Set<Asset> cleared = new HashSet<>();
      for (CycleRow cycle : store.lockCyclesOf(date)) {
        cleared.add(cycle.asset());
        if (cycle.status() == CycleStatus.OPEN) {
          throw new QenexException(ErrorCode.CONFLICTING_STATE,
              "the " + cycle.asset() + " cycle of " + date + " is still open");
        }
        if (cycle.status() == CycleStatus.CLOSED) {
          Owed owed = store.owed(cycle);
          Netting netting = Netting.of(cycle.asset(), owed.flows());
          movement.requireAgreement(date, cycle.asset(), Optional.of(netting));
          store.net(cycle, owed.obligations(), netting);
        }
      }
      for (Asset asset : accounts.assets()) {
        if (!cleared.contains(asset)) {
          movement.requireAgreement(date, asset, Optional.empty());
        }
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the cycles of " + date + " cannot be netted", e);
    }
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void settle(BusinessDate date) {
    Instant createdAt = days.cutOffOf(date).orElseGet(Instant::now);
    for (CycleRow cycle : cycleRowsOf(date)) {
      switch (cycle.status()) {
        case OPEN, CLOSED -> throw new QenexException(ErrorCode.CONFLICTING_STATE,
            "the " + cycle.asset() + " cycle of " + date + " is not netted");
        case NETTED -> {
          post(cycle, steps.intend(cycle.id(), config.bank(), createdAt));
          steps.complete(cycle.id());
        }
        case SETTLED -> {}
      }
      writeFiles(cycle);
    }
  }

  private void post(CycleRow cycle, List<Leg> legs) {
    var nostros = new NostroAccounts(accounts, ledger, config.bank().code());
    List<TransferOrder> orders = new ArrayList<>();
    for (Leg leg : legs) {
      if (leg.transferId().isPresent()) {
        AccountNumber clearing = nostros.clearing(cycle);
        AccountNumber nostro = nostros.nostro(cycle, leg);
        orders.add(
            new TransferOrder(leg.transferId().get(), leg.pays() ? nostro : clearing, leg.pays() ? clearing : nostro,
                leg.net().amount().isNegative() ? leg.net().negated() : leg.net(),
                Optional.of("Settlement " + cycle.asset() + ' ' + cycle.businessDate() + ' ' + leg.bank()),
                Optional.empty(), Optional.of(cycle.businessDate())));
      }
    }
    if (!orders.isEmpty() && ledger.submit(new PostTransfers(orders)) instanceof Outcome.Refused refused) {
      steps.refused(cycle.id(), cycle.attempt());
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "the ledger refused to settle the " + cycle.asset() + " cycle of "
              + cycle.businessDate() + ": " + refused.refusal().clause() + ' ' + refused.refusal().figures());
    }
  }

  private void writeFiles(CycleRow cycle) {
    var folder = new DocumentFolder(config.files());
    try (Connection connection = database.getConnection()) {
      for (Message message : new SettlementStore(connection).messages(cycle)) {
        folder.write(cycle.businessDate(), "pacs.009", message.bank() + "." + cycle.asset() + ".xml", message.body());
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the messages of cycle " + cycle.id() + " cannot be read", e);
    }
  }

  private List<CycleRow> cycleRowsOf(BusinessDate date) {
    try (Connection connection = database.getConnection()) {
      return new CycleStore(connection).cyclesOf(date);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the cycles of " + date + " cannot be read", e);
    }
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<ClearingCycle> cyclesOf(BusinessDate date) {
    try (Connection connection = database.getConnection()) {
      return new CycleReader(connection).cyclesOf(date);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the cycles of " + date + " cannot be read", e);
    }
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public Optional<byte[]> message(String messageId) {
    try (Connection connection = database.getConnection()) {
      return new SettlementStore(connection).message(messageId);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "message " + messageId + " cannot be read", e);
    }
  }
}
