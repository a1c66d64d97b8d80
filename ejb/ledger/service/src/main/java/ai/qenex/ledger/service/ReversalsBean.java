package ai.qenex.ledger.service;

import ai.qenex.ledger.Reversals;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Which transfers were undone. */
@Stateless
@Local(Reversals.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class ReversalsBean implements Reversals {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private Reversals log;

  @PostConstruct
  void open() {
    log = new LogReversals(database);
  }

  @Override
  public Map<UUID, UUID> of(Collection<UUID> transfers) {
    return log.of(transfers);
  }
}
