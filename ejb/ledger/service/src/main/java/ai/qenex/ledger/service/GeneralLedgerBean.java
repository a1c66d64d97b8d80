package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.GeneralLedger;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Clock;
import javax.sql.DataSource;

/** The day's journal, in one transaction with the message that announces it. */
@Stateless
@Local(GeneralLedger.class)
@RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class GeneralLedgerBean implements GeneralLedger {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private GeneralLedger book;

  @PostConstruct
  void open() {
    book = new JournalBook(database, Clock.systemUTC());
  }

  @Override
  public Journal recordJournal(BusinessDate date) {
    return book.recordJournal(date);
  }
}
