package ai.qenex.ledger;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.util.List;
import java.util.UUID;

/** The day's journal for the bank's general ledger: per GL code and asset the turnover of the day. */
public interface GeneralLedger {

  /**
   * Draws up the journal of the day and puts it, once, into the outbox for the JMS queue {@code qenex.gl.journal}. A
   * second call for the day answers the first one's journal.
   */
  Journal recordJournal(BusinessDate date);

  /**
   * @param lines debits and credits per GL code and asset, sorted; debits equal credits per asset. A turnover of more
   * than 38 digits is told in several lines of its GL code and asset.
   */
  record Journal(UUID eventId, BusinessDate date, List<Line> lines) {

    public Journal {
      lines = List.copyOf(lines);
    }
  }

  record Line(String glCode, Money debits, Money credits) {}
}
