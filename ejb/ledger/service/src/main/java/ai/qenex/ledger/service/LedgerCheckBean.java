package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerCheck;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Clock;
import javax.sql.DataSource;

/** The online proof; one for all, since it remembers what it has proven. */
@Singleton
@Local(LedgerCheck.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerCheckBean implements LedgerCheck {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private LedgerCheck proof;
  private SealProof seal;

  @PostConstruct
  void open() {
    proof = new BookProof(database, Clock.systemUTC());
    seal = new SealProof(database);
  }

  @Override
  public Report check() {
    return seal.completed(proof.check(), Clock.systemUTC().instant());
  }
}
