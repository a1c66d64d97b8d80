package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerRebuild;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import javax.sql.DataSource;

/** An operator has the projections built anew. */
@Stateless
@Local(LedgerRebuild.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerRebuildBean implements LedgerRebuild {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @EJB private LedgerEngineBean ledger;

  private LedgerRebuild rebuild;

  @PostConstruct
  void open() {
    rebuild = new ProjectionRebuild(database, ledger.engine());
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public Progress request() {
    return rebuild.request();
  }

  @Override
  public Progress progress() {
    return rebuild.progress();
  }
}
