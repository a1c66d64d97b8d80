package ai.qenex.batch.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.AccountNumber;
import java.util.List;

/** What the steps of the job {@code end-of-day} do. Each may be done again at any time before the day is closed. */
public interface EndOfDay {

  /** Does a step as a whole, all but {@link EndOfDayStep#STATEMENTS}, which is done account by account. */
  void run(EndOfDayStep step, BusinessDate date);

  /** The accounts that get a statement, by number. */
  List<AccountNumber> dueStatements(BusinessDate date);

  /**
   * Draws the statements. Each commits by itself, whatever becomes of the caller's transaction; one that is drawn
   * already stays as it is, so drawing again is harmless.
   */
  void drawStatements(BusinessDate date, List<AccountNumber> accounts);
}
