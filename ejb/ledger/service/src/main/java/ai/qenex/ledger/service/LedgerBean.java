package ai.qenex.ledger.service;

import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.Outcome;
import ai.qenex.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/**
 * The way to post. A caller's transaction is suspended: the ledger commits for itself, and its answer stands whatever
 * becomes of that.
 */
@Singleton
@Local(Ledger.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerBean implements Ledger {

  @EJB private LedgerEngineBean ledger;

  @Override
  public Outcome submit(Instruction instruction) {
    return ledger.engine().submit(instruction);
  }

  @Override
  public List<Outcome> submitAll(List<? extends Instruction> instructions) {
    return ledger.engine().submitAll(instructions);
  }
}
