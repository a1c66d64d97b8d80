package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerCheck;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The online proof; one for all, since it remembers what it has proven. On the node that leads it also runs by itself,
 * in slices. Whatever it finds makes this node not ready until a later check finds nothing.
 */
@Singleton
@Startup
@DependsOn("LedgerEngineBean")
@Local(LedgerCheck.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerCheckBean implements LedgerCheck {

  private static final System.Logger LOG = System.getLogger(LedgerCheckBean.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @Resource private ManagedScheduledExecutorService executor;

  @EJB private LedgerEngineBean ledger;

  private BookProof proof;
  private SealProof seal;
  private ScheduledFuture<?> runs;

  @PostConstruct
  void open() {
    proof = new BookProof(database, Clock.systemUTC());
    seal = new SealProof(database);
    int seconds = LedgerConfiguration.checkSeconds(ConfigProvider.getConfig());
    runs = executor.scheduleWithFixedDelay(this::run, seconds, seconds, TimeUnit.SECONDS);
  }

  @PreDestroy
  void close() {
    runs.cancel(false);
  }

  @Override
  public Report check() {
    // a missing archive is told to who asks, and does not stop the bank
    return proof.withArchives(noted(proof.check()));
  }

  private Report noted(Report ofBooks) {
    Report report = seal.completed(ofBooks, Clock.systemUTC().instant());
    ledger.noteCheck(report);
    return report;
  }

  private void run() {
    try {
      if (ledger.leads()) {
        noted(proof.checkQuietly());
      }
    } catch (RuntimeException e) {
      // the thread's boundary: what is thrown on would end all further runs
      LOG.log(Level.WARNING, "The ledger could not be checked: {0}", e.getMessage());
    }
  }
}
