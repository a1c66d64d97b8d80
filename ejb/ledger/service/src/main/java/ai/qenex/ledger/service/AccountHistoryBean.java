package ai.qenex.ledger.service;

import ai.qenex.kernel.Page;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountHistory;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Span;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Optional;
import javax.sql.DataSource;

/** One account's transfers for those who look at them. */
@Stateless
@Local(AccountHistory.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AccountHistoryBean implements AccountHistory {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @EJB private LedgerEngineBean ledger;

  private AccountHistory history;

  @PostConstruct
  void open() {
    history = new PagedHistory(database, ledger.engine().recent());
  }

  @Override
  public Page<TransferPosted> page(AccountNumber account, Selection selection, int limit, Optional<String> cursor) {
    return history.page(account, selection, limit, cursor);
  }

  @Override
  public Extract begin(Account account, Span span) {
    return history.begin(account, span);
  }

  @Override
  public Piece read(Extract extract) {
    return history.read(extract);
  }
}
