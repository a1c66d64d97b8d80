package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The log's history for the other contexts. */
@Stateless
@Local(LedgerHistory.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class LedgerHistoryBean implements LedgerHistory {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @EJB private LedgerEngineBean ledger;

  private LedgerHistory history;

  @PostConstruct
  void open() {
    history = new LogHistory(database, ledger.engine().recent());
  }

  @Override
  public Optional<LedgerEntry> find(UUID id) {
    return history.find(id);
  }

  @Override
  public List<LedgerEntry> findAll(List<UUID> ids) {
    return history.findAll(ids);
  }

  @Override
  public Page<TransferPosted> transfersOf(AccountNumber account, int limit, Optional<String> cursor) {
    return history.transfersOf(account, limit, cursor);
  }

  @Override
  public List<AccountNumber> accountsMovedOn(BusinessDate date) {
    return history.accountsMovedOn(date);
  }

  @Override
  public void transfersOn(BusinessDate date, AccountNumber account, Consumer<TransferPosted> receiver) {
    history.transfersOn(date, account, receiver);
  }

  @Override
  public String hashOf(TransferPosted transfer) {
    return history.hashOf(transfer);
  }
}
