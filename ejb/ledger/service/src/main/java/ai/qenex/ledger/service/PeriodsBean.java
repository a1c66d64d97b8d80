package ai.qenex.ledger.service;

import ai.qenex.ledger.ClosePeriod;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Periods;
import ai.qenex.ledger.engine.ClosedPeriod;
import ai.qenex.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The closed periods from the engine's committed state, and the closing of the next. */
@Singleton
@Local(Periods.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PeriodsBean implements Periods {

  @EJB private LedgerEngineBean ledger;

  @Override
  public List<Period> closed() {
    var periods = new ArrayList<Period>();
    Optional<LocalDate> from = Optional.empty();
    for (ClosedPeriod period : ledger.state().committedPeriods()) {
      periods.add(new Period(from, period.through(), period.seq(), period.closedAt()));
      from = Optional.of(period.through().plusDays(1));
    }
    return periods;
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public Outcome close(UUID id, LocalDate through) {
    return ledger.engine().submit(new ClosePeriod(id, through));
  }
}
