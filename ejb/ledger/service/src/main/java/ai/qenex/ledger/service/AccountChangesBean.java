package ai.qenex.ledger.service;

import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountChanges;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Optional;
import javax.sql.DataSource;

/** The changes of accounts for those who look into them. */
@Stateless
@Local(AccountChanges.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class AccountChangesBean implements AccountChanges {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private AccountChanges log;

  @PostConstruct
  void open() {
    log = new LogChanges(database);
  }

  @Override
  public Page<LedgerEntry> of(AccountNumber account, int limit, Optional<String> cursor) {
    return log.of(account, limit, cursor);
  }
}
