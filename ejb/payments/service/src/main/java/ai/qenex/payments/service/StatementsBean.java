package ai.qenex.payments.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.payments.Statements;
import ai.qenex.security.DataVault;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Statements on PostgreSQL and in the files folder. */
@Stateless
@Local(Statements.class)
@TransactionManagement(TransactionManagementType.BEAN)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
public class StatementsBean implements Statements {

  @Resource private UserTransaction transaction;
  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private Accounts accounts;
  @EJB private LedgerHistory history;
  @EJB private BusinessDays days;
  @EJB private DataVault vault;

  private StatementDrawing drawing;

  @PostConstruct
  void wire() {
    PaymentsConfig config = PaymentsConfig.read();
    drawing = new StatementDrawing(new JtaTransactions(transaction, database, vault),
        new StatementDrawing.Books(accounts, history, days), config.bank().bic(), config.files());
  }

  @Override
  public List<AccountNumber> due(BusinessDate date) {
    return history.accountsMovedOn(date);
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public void draw(BusinessDate date, AccountNumber account) {
    drawing.draw(date, account);
  }

  @Override
  public Optional<Statement> find(BusinessDate date, AccountNumber account) {
    return drawing.find(date, account)
        .map(row -> new Statement(account, date, row.sequence(), row.opening(), row.closing(),
            row.entries(), firstEntries(date, account)));
  }

  @Override
  public Optional<byte[]> camt053(BusinessDate date, AccountNumber account) {
    return drawing.camt053(date, account);
  }

  private List<TransferPosted> firstEntries(BusinessDate date, AccountNumber account) {
    var entries = new ArrayList<TransferPosted>();
    history.transfersOn(date, account, entry -> {
      if (entries.size() < Page.MAX_LIMIT) {
        entries.add(entry);
      }
    });
    return entries;
  }
}
