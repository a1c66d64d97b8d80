package ai.qenex.payments.service;

import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.Leadership;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.security.DataVault;
import ai.qenex.security.Roles;
import ai.qenex.settlement.ClearingCycles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;

/**
 * Sees to it that every file that was taken in is processed, oldest first and a few at a time, and that no payment
 * stays half done: what a crash or a fault left over is taken up at the start of the bank and every few seconds.
 */
@Singleton
@Startup
@DependsOn("PaymentsMigration")
@RunAs(Roles.SERVICE)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class FileDesk {

  private static final System.Logger LOG = System.getLogger(FileDesk.class.getName());
  /** Single payments are booked by whoever submits them; one that waits longer was left behind. */
  private static final Duration LEFT_BEHIND = Duration.ofSeconds(30);

  /** A file whose processing was interrupted lets others go first for a while. */
  private static final Duration REST = Duration.ofSeconds(4);
  private static final int LOOK_AHEAD = 100;

  @Resource private UserTransaction transaction;
  @Resource private ManagedExecutorService executor;
  @Resource private ManagedThreadFactory threads;
  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private Accounts accounts;
  @EJB private LedgerHistory history;
  @EJB private Ledger ledger;
  @EJB private BusinessDays days;
  @EJB private DataVault vault;
  @EJB private ClearingCycles cycles;
  @EJB private Leadership leadership;

  private final Set<UUID> inWork = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Instant> restUntil = new ConcurrentHashMap<>();
  private PaymentsConfig config;
  private Transactions transactions;
  private Workshop workshop;
  private volatile boolean stopping;

  @PostConstruct
  void wire() {
    config = PaymentsConfig.read();
    transactions = new JtaTransactions(transaction, database, vault);
    workshop = new Workshop(transactions, new Workshop.Neighbours(accounts, history, ledger, days, cycles), config,
        Workshop.systemOrigins());
  }

  @PreDestroy
  void stop() {
    stopping = true;
  }

  /**
   * Starts work on waiting files as far as there are hands. What is taken in on a standby, the leader's timer finds.
   */
  public void wake() {
    if (!leadership.leads()) {
      return;
    }
    Instant now = Instant.now();
    List<UUID> waiting = transactions.run(connection -> new FileStore(connection).open(LOOK_AHEAD));
    for (UUID file : waiting) {
      boolean due = !restUntil.getOrDefault(file, now).isAfter(now);
      if (due && !stopping && inWork.size() < config.filesAtOnce() && inWork.add(file)) {
        start(file);
      }
    }
  }

  @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
  void lookAround() {
    if (!leadership.leads()) {
      return;
    }
    try {
      wake();
      Instant before = Instant.now().minus(LEFT_BEHIND);
      workshop.booking().finish(transactions.run(
          connection -> new PaymentStore(connection).pendingSingles(before, Booking.MAX_CHUNK)));
    } catch (RuntimeException e) { // a timer's boundary: the next round tries again
      LOG.log(Level.WARNING, "payments wait: {0}", e.getMessage());
    }
  }

  private void start(UUID file) {
    try {
      executor.execute(() -> work(file));
    } catch (RejectedExecutionException e) {
      inWork.remove(file);
      LOG.log(Level.WARNING, "payment file {0} waits: no thread is free", file);
    }
  }

  private void work(UUID file) {
    boolean finished = false;
    try {
      workshop.processing(threads).process(file);
      finished = true;
      restUntil.remove(file);
    } catch (RuntimeException e) { // a thread's boundary: the timer takes the file up again
      restUntil.put(file, Instant.now().plus(REST));
      LOG.log(Level.WARNING, "payment file " + file + " is interrupted and will be taken up again", e);
    } finally {
      inWork.remove(file);
    }
    if (finished && !stopping) {
      lookAround();
    }
  }
}
