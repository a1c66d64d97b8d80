package ai.qenex.payments;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.util.List;
import java.util.Optional;

/**
 * The statements of a business day: one camt.053.001.08 for every account that moved, chained by opening and closing
 * balance.
 */
public interface Statements {

  /** The accounts to draw statements for, by number. */
  List<AccountNumber> due(BusinessDate date);

  /**
   * Draws up and stores the statement of an account and writes it to the files folder; doing it again yields the same
   * bytes.
   */
  void draw(BusinessDate date, AccountNumber account);

  Optional<Statement> find(BusinessDate date, AccountNumber account);

  /** The stored camt.053 as UTF-8 XML. */
  Optional<byte[]> camt053(BusinessDate date, AccountNumber account);

  /**
   * A statement in figures; at most {@link ai.qenex.kernel.Page#MAX_LIMIT} entries are carried here, the document
   * carries all.
   *
   * @param sequence number of the account's statements, counting up from 1
   */
  record Statement(
      AccountNumber account, BusinessDate date, long sequence, Money opening, Money closing, int entryCount,
      List<TransferPosted> entries) {

    public Statement {
      entries = List.copyOf(entries);
    }
  }
}
