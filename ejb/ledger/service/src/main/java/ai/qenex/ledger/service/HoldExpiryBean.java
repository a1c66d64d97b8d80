package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Leadership;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** Runs the {@link HoldExpiry} again and again on the node that leads. */
@Singleton
@Startup
@DependsOn("LedgerMigration")
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class HoldExpiryBean {

  private static final int DEFAULT_MILLIS = 1_000;
  private static final int SHORTEST_MILLIS = 10;
  private static final System.Logger LOG = System.getLogger(HoldExpiryBean.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @EJB private LedgerEngineBean ledger;

  @EJB private Leadership leadership;

  @Resource private ManagedScheduledExecutorService executor;

  private HoldExpiry expiry;
  private ScheduledFuture<?> runs;

  @PostConstruct
  void open() {
    int millis = LedgerConfiguration.number(ConfigProvider.getConfig(), "qenex.ledger.hold-expiry-millis",
        DEFAULT_MILLIS);
    if (millis < SHORTEST_MILLIS) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.ledger.hold-expiry-millis is at least " + SHORTEST_MILLIS);
    }
    expiry = new HoldExpiry(database, ledger.engine(), Clock.systemUTC());
    runs = executor.scheduleWithFixedDelay(this::run, millis, millis, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void close() {
    runs.cancel(false);
  }

  private void run() {
    try {
      if (leadership.leads()) {
        expiry.run();
      }
    } catch (SQLException | RuntimeException e) {
      // the thread's boundary: what is thrown on would end all further runs
      LOG.log(Level.WARNING, "Holds wait for their expiry: {0}", e.getMessage());
    }
  }
}
