package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Books;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.GlAccount;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The books, each question in one transaction, which keeps the sums of days that closed since the last one. */
@Stateless
@Local(Books.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class BooksBean implements Books {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @EJB private BusinessDays days;

  private Books books;

  @PostConstruct
  void open() {
    books = new LedgerBooks(database, () -> days.current());
  }

  @Override
  public List<GlAccount> chart() {
    return books.chart();
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public void add(GlAccount line) {
    books.add(line);
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public void change(GlAccount line) {
    books.change(line);
  }

  @Override
  public TrialBalance trialBalance(BusinessDate date, Asset asset) {
    return books.trialBalance(date, asset);
  }

  @Override
  public GlBalance balance(String code, Asset asset, Optional<BusinessDate> date) {
    return books.balance(code, asset, date);
  }
}
