package ai.qenex.systemtest;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.GeneralLedger;
import ai.qenex.security.Roles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;

/** Does inside the EAR, in the name of the bank's own work, what the end of day does about the journal. */
@Stateless
@PermitAll
@RunAs(Roles.SERVICE)
public class ServiceDesk {

  @EJB private BusinessDays days;
  @EJB private GeneralLedger book;

  /** Opens the next business day and draws up the journal of the one before. */
  public GeneralLedger.Journal endOfDay() {
    BusinessDate today = days.current();
    days.openNext(today);
    return book.recordJournal(today);
  }
}
