package ai.qenex.security.service.audit;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditLog;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyService;
import ai.qenex.security.service.SecurityStart;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** Keeps the audit log while the application runs. Open to every caller: whoever is refused is recorded too. */
@Singleton
@Startup
@DependsOn("SecurityStart")
@PermitAll
@LocalBean
@Local(AuditTrail.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditTrailBean implements AuditTrail {

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @Resource private ManagedThreadFactory threads;
  @EJB private SecurityStart start;
  @EJB private KeyService keys;

  private AuditSettings settings;
  private AuditEngine engine;
  private List<AuditRecord> open = List.of();

  @PostConstruct
  void start() {
    settings = AuditSettings.read(ConfigProvider.getConfig(), start.profile());
    if (!settings.enabled()) {
      return;
    }
    engine = new AuditEngine(database, settings, () -> keys.signer(KeyPurpose.AUDIT_SEAL), Clock.systemUTC());
    var reading = new AuditReading(database);
    open = reading.ask(store -> store.open(settings.node(), AuditLog.MOST_RECORDS));
    engine.start(threads);
    try {
      if (!engine.awaitStart(START_PATIENCE)) {
        throw new QenexException(ErrorCode.UNAVAILABLE,
            "nothing may act unrecorded, and " + engine.whyNotReady().orElse("the audit log does not start"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String before = reading.ask(store -> store.lastConfiguration(settings.node()))
        .map(record -> record.event().after()).orElse("");
    engine.record(new StartConfiguration(System.getProperties(), System.getenv()).event(settings.node(), before));
  }

  @PreDestroy
  void stop() {
    if (engine != null) {
      engine.note(StartConfiguration.node(settings.node(), "stop"));
      engine.close();
    }
  }

  @Override
  public long intend(AuditEvent event) {
    return settings.enabled() ? engine.intend(event) : 0;
  }

  @Override
  public long record(AuditEvent event) {
    return settings.enabled() ? engine.record(event) : 0;
  }

  @Override
  public void note(AuditEvent event) {
    if (settings.enabled()) {
      engine.note(event);
    }
  }

  /** Intents without an end from before this start. */
  public List<AuditRecord> openIntents() {
    return open;
  }

  public Optional<String> whyNotReady() {
    return settings.enabled() ? engine.whyNotReady() : Optional.empty();
  }

  /** What is wrong between the database and the copies of its heads. */
  public Optional<String> violation() {
    return settings.enabled() ? engine.violation() : Optional.empty();
  }
}
