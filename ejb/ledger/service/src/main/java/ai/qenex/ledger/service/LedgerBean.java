package ai.qenex.ledger.service;

import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.Outcome;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/**
 * The way to post. A caller's transaction is suspended: the ledger commits for itself, and its answer stands whatever
 * becomes of that. A caller may be let in and yet not be the one to give a certain instruction: then none of those he
 * gave is carried out.
 */
@Singleton
@Local(Ledger.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerBean implements Ledger {

  @EJB private LedgerEngineBean ledger;
  @Resource private SessionContext session;
  /** Asked for once: a call to a bean costs more than what the bean says here. */
  private LedgerEngine engine;

  @PostConstruct
  void open() {
    engine = ledger.engine();
  }

  @Override
  public Outcome submit(Instruction instruction) {
    requireRoles(List.of(instruction));
    return engine.submit(instruction);
  }

  @Override
  public List<Outcome> submitAll(List<? extends Instruction> instructions) {
    requireRoles(instructions);
    return engine.submitAll(instructions);
  }

  @Override
  public Pending submitLater(List<? extends Instruction> instructions) {
    requireRoles(instructions);
    return engine.submitLater(instructions);
  }

  /** @throws EJBAccessException if an instruction is not for the caller */
  private void requireRoles(List<? extends Instruction> instructions) {
    if (InstructionRoles.needOperator(instructions)
        && !session.isCallerInRole(Roles.OPERATOR) && !session.isCallerInRole(Roles.SERVICE)) {
      throw new EJBAccessException("only an operator changes accounts or turns the business day");
    }
  }
}
