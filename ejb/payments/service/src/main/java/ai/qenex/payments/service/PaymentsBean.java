package ai.qenex.payments.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.payments.Payment;
import ai.qenex.payments.PaymentOrder;
import ai.qenex.payments.Payments;
import ai.qenex.security.DataVault;
import ai.qenex.security.Roles;
import ai.qenex.settlement.ClearingCycle;
import ai.qenex.settlement.ClearingCycles;
import ai.qenex.settlement.CycleStatus;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Single payments, and the end of every payment's day. */
@Stateless
@Local(Payments.class)
@TransactionManagement(TransactionManagementType.BEAN)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.SERVICE})
public class PaymentsBean implements Payments {

  @Resource private UserTransaction transaction;
  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private Accounts accounts;
  @EJB private LedgerHistory history;
  @EJB private Ledger ledger;
  @EJB private BusinessDays days;
  @EJB private DataVault vault;
  @EJB private ClearingCycles cycles;

  private final InstantSource clock = InstantSource.system();
  private Transactions transactions;
  private SinglePayments singles;
  private Booking booking;

  @PostConstruct
  void wire() {
    transactions = new JtaTransactions(transaction, database, vault);
    var workshop = new Workshop(transactions, new Workshop.Neighbours(accounts, history, ledger, days, cycles),
        PaymentsConfig.read(), Workshop.systemOrigins());
    singles = workshop.singles();
    booking = workshop.booking();
  }

  @Override
  public Submission submit(PaymentOrder order) {
    return singles.submit(order);
  }

  @Override
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  public Optional<Payment> find(UUID id) {
    return singles.find(id).map(PaymentRow::toPayment);
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
  public List<Payment> findByParty(String name, int limit) {
    return transactions.run(connection -> new PaymentStore(connection, transactions.personal()).byParty(name, limit))
        .stream().map(PaymentRow::toPayment).toList();
  }

  @Override
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.SERVICE})
  public int protectAnew(int limit) {
    int atMost = Math.min(limit, MOST_PROTECTED_AT_ONCE);
    return transactions
        .run(connection -> new PaymentStore(connection, transactions.personal()).protectAnew(atMost));
  }

  /**
   * The day is cut off before this is called, so what the ledger has not booked yet it books into the next one; what it
   * booked into the day was accepted and stored here before, and is found whatever arrives meanwhile.
   */
  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public int finishPending(BusinessDate date) {
    return booking.finishPending();
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  public void markSettled(BusinessDate date) {
    for (ClearingCycle cycle : cycles.cyclesOf(date)) {
      if (cycle.status() == CycleStatus.SETTLED) {
        transactions.run(connection -> {
          new PaymentStore(connection).settle(date, cycle.asset(), clock.instant());
          return cycle;
        });
      }
    }
  }
}
