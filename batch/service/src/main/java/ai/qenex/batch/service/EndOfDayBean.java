package ai.qenex.batch.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.GeneralLedger;
import ai.qenex.ledger.LedgerCheck;
import ai.qenex.payments.Payments;
import ai.qenex.payments.Statements;
import ai.qenex.security.Roles;
import ai.qenex.settlement.ClearingCycles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;

/** Calls the contexts in the role of our own background work, which batch threads lack. */
@Stateless
@Local(EndOfDay.class)
@RunAs(Roles.SERVICE)
@PermitAll
public class EndOfDayBean implements EndOfDay {

  /**
   * Payments that come in faster than they are finished would be a fault: nothing new is booked into a day behind its
   * cut-off.
   */
  private static final int MOST_ROUNDS = 1_000;

  @EJB private BusinessDays days;
  @EJB private Payments payments;
  @EJB private ClearingCycles cycles;
  @EJB private Statements statements;
  @EJB private GeneralLedger generalLedger;
  @EJB private LedgerCheck ledgerCheck;

  @Override
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void run(EndOfDayStep step, BusinessDate date) {
    switch (step) {
      case CUT_OFF -> days.openNext(date);
      case FINISH_PAYMENTS -> finishPayments(date);
      case CLOSE_CYCLES -> cycles.close(date);
      case NET -> cycles.net(date);
      case SETTLE -> cycles.settle(date);
      case MARK_SETTLED -> payments.markSettled(date);
      case STATEMENTS -> throw new IllegalArgumentException("statements are drawn account by account");
      case GL_JOURNAL -> generalLedger.recordJournal(date);
      case LEDGER_CHECK -> checkLedger();
      case ROLL -> days.close(date);
    }
  }

  private void finishPayments(BusinessDate date) {
    int pending = payments.finishPending(date);
    for (int round = 1; pending > 0; round++) {
      if (round == MOST_ROUNDS) {
        throw new QenexException(ErrorCode.CONFLICTING_STATE,
            pending + " payments of " + date + " do not come to an end");
      }
      pending = payments.finishPending(date);
    }
  }

  private void checkLedger() {
    LedgerCheck.Report report = ledgerCheck.check();
    if (!report.passed()) {
      throw new QenexException(ErrorCode.INVARIANT_BROKEN,
          "the ledger check failed: " + String.join("; ", report.violations()));
    }
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public List<AccountNumber> dueStatements(BusinessDate date) {
    return statements.due(date);
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void drawStatements(BusinessDate date, List<AccountNumber> accounts) {
    accounts.forEach(account -> statements.draw(date, account));
  }
}
