package ai.qenex.ledger.service;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.Balance;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Instant;
import java.time.LocalDate;
import javax.sql.DataSource;

/** Balances of the past for {@link AccountsBean}, which guards who may ask. */
@Stateless
@Local(BalanceHistory.class)
@PermitAll
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class BalanceHistoryBean implements BalanceHistory {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @EJB private LedgerEngineBean ledger;

  private BalanceHistory balances;

  @PostConstruct
  void open() {
    balances = new LogBalances(database, ledger.engine().recent());
  }

  @Override
  public Balance balanceAt(Account account, Instant bookedAt) {
    return balances.balanceAt(account, bookedAt);
  }

  @Override
  public Balance balanceAtValueDate(Account account, LocalDate valueDate) {
    return balances.balanceAtValueDate(account, valueDate);
  }
}
