package ai.qenex.ledger.service;

import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Holds;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Holds for the other contexts and for clients. */
@Stateless
@Local(Holds.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class HoldsBean implements Holds {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private Holds log;

  @PostConstruct
  void open() {
    log = new LogHolds(database);
  }

  @Override
  public Optional<Life> find(UUID id) {
    return log.find(id);
  }

  @Override
  public Page<Life> of(AccountNumber account, int limit, Optional<String> cursor) {
    return log.of(account, limit, cursor);
  }
}
