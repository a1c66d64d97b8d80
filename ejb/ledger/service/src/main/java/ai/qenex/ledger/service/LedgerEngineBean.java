package ai.qenex.ledger.service;

import ai.qenex.ledger.Leadership;
import ai.qenex.ledger.LedgerCheck;
import ai.qenex.ledger.LedgerHealth;
import ai.qenex.ledger.engine.LedgerState;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Holds the ledger's engine while the application runs. It starts once the schema is up to date, and stays even if the
 * database is away.
 */
@Singleton
@Startup
@DependsOn("LedgerMigration")
@PermitAll
@LocalBean
@Local({LedgerHealth.class, Leadership.class})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerEngineBean implements LedgerHealth, Leadership {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final System.Logger LOG = System.getLogger(LedgerEngineBean.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @Resource private ManagedThreadFactory threads;

  private LedgerEngine engine;
  private volatile Optional<String> brokenLaw = Optional.empty();

  @PostConstruct
  void start() {
    var config = ConfigProvider.getConfig();
    engine = new LedgerEngine(database, LedgerConfiguration.read(config), LedgerConfiguration.node(config),
        Clock.systemUTC());
    engine.start(threads);
    try {
      if (!engine.awaitStart(START_PATIENCE)) {
        LOG.log(Level.WARNING, "The ledger is not ready yet: {0}", engine.whyNotReady().orElse("it is starting"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @PreDestroy
  void stop() {
    engine.close();
  }

  public LedgerEngine engine() {
    return engine;
  }

  public LedgerState state() {
    return engine.state();
  }

  /** Not ready with broken books either: posting goes on, but somebody must look. */
  @Override
  public Optional<String> whyNotReady() {
    Optional<String> ofEngine = engine.whyNotReady();
    return ofEngine.isPresent() ? ofEngine : brokenLaw;
  }

  /** What the last check found; makes this node not ready, or ready again. */
  public void noteCheck(LedgerCheck.Report report) {
    brokenLaw = report.violations().stream().findFirst().map(law -> "the ledger check found: " + law);
  }

  @Override
  public boolean leads() {
    return engine.leads();
  }

  @Override
  public String node() {
    return engine.node();
  }

  @Override
  public Optional<String> leader() {
    return engine.leader();
  }

  // an interface's default methods are none of this class, so @PermitAll would not reach them

  @Override
  public void requireLead() {
    engine.requireLead();
  }

  @Override
  public String standingBy() {
    return engine.standingBy();
  }
}
