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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Calls the contexts in the role of our own background work, which batch threads lack. */
@Stateless
@Local(EndOfDay.class)
@RunAs(Roles.SERVICE)
@PermitAll
public class EndOfDayBean implements EndOfDay {

  /** How often payments under way are asked after, and how long between two times: bookings end within seconds. */
  private static final int MOST_ROUNDS = 10;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** So many slices of a long log one run of the ledger check proves; each is about a million entries. */
  private static final int MOST_SLICES = 1_000;

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
    finish(date, () -> payments.finishPending(date), () -> LockSupport.parkNanos(PAUSE.toNanos()));
  }

  /**
   * @param pending brings what is under way to its end; answers how many still are
   * @throws QenexException {@code CONFLICTING_STATE} if some still are after the last round
   */
  static void finish(BusinessDate date, IntSupplier pending, Runnable pause) {
    int left = pending.getAsInt();
    for (int round = 1; left > 0; round++) {
      if (round == MOST_ROUNDS) {
        throw new QenexException(ErrorCode.CONFLICTING_STATE,
            left + " payments of " + date + " are still under way");
      }
      pause.run();
      left = pending.getAsInt();
    }
  }

  private void checkLedger() {
    LedgerCheck.Report report = ledgerCheck.check();
    // after a restart a long log is proven slice by slice: the day ends when all of it is
    for (int slice = 0; report.status() == LedgerCheck.Status.PROVING && slice < MOST_SLICES; slice++) {
      report = ledgerCheck.check();
    }
    if (report.status() == LedgerCheck.Status.PROVING) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          report.unproven() + " old entries of the ledger are still to be proven; run the step again");
    }
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
