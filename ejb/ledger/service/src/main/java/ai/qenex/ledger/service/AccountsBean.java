package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Balance;
import ai.qenex.ledger.engine.CommittedAccount;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Accounts and balances from the engine's committed state; balances of the past from the log. */
@Singleton
@Local(Accounts.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class AccountsBean implements Accounts {

  @EJB private LedgerEngineBean ledger;
  private LedgerEngine engine;

  @EJB private BalanceHistory history;

  @PostConstruct
  void open() {
    engine = ledger.engine();
  }

  @Override
  public Optional<Account> find(AccountRef ref) {
    return engine.state().committed(ref).map(CommittedAccount::account);
  }

  @Override
  public Optional<Account> find(AccountNumber number) {
    return engine.state().committed(number).map(CommittedAccount::account);
  }

  @Override
  public Optional<AccountNumber> numberOf(AccountRef ref) {
    return find(ref).map(Account::number);
  }

  @Override
  public Balance balance(AccountNumber number) {
    CommittedAccount now = known(number);
    Asset asset = now.account().asset();
    return new Balance(
        new Money(now.booked(), asset), new Money(now.held(), asset),
        new Money(now.account().available(now.booked(), now.held()), asset),
        now.seq());
  }

  @Override
  public Balance balanceAt(AccountNumber number, Instant bookedAt) {
    return history.balanceAt(known(number).account(), bookedAt);
  }

  @Override
  public Balance balanceAtValueDate(AccountNumber number, LocalDate valueDate) {
    return history.balanceAtValueDate(known(number).account(), valueDate);
  }

  @Override
  public List<Asset> assets() {
    return engine.state().assets().stream().sorted(Comparator.comparing(Asset::code)).toList();
  }

  @Override
  public Optional<Asset> asset(String code) {
    return engine.state().asset(code);
  }

  private CommittedAccount known(AccountNumber number) {
    return engine.state().committed(number)
        .orElseThrow(() -> new QenexException(ErrorCode.NOT_FOUND, "there is no account " + number));
  }
}
