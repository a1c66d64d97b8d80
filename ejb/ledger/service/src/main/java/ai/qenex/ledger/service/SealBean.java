package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerSeal;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyService;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** Seals the log while the application runs, and proves what is sealed. */
@Singleton
@Startup
@Local(LedgerSeal.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SealBean implements LedgerSeal {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @Resource private ManagedThreadFactory threads;

  @EJB private LedgerEngineBean ledger;

  @EJB private KeyService keys;

  private Sealing sealing;
  private LedgerSeal reading;

  @PostConstruct
  void start() {
    reading = new SealReading(database);
    SealSettings settings = SealSettings.read(ConfigProvider.getConfig());
    SealKeyFile.handOver(settings.keyFolder(), keys);
    sealing = new Sealing(database, ledger.engine(), settings,
        new Sealer.Notary(() -> keys.signer(KeyPurpose.LEDGER_SEAL), Clock.systemUTC()));
    sealing.start(threads);
  }

  @PreDestroy
  void stop() {
    sealing.close();
  }

  @Override
  public Optional<Head> latest() {
    return reading.latest();
  }

  @Override
  public Optional<Head> head(long number) {
    return reading.head(number);
  }

  @Override
  public long sealedUpTo() {
    return reading.sealedUpTo();
  }

  @Override
  public List<Head> heads(long after, int limit) {
    return reading.heads(after, limit);
  }

  @Override
  public List<Key> keys() {
    return reading.keys();
  }

  @Override
  public Evidence proofOf(UUID id, Optional<Long> number) {
    return reading.proofOf(id, number);
  }

  @Override
  public Optional<Growth> consistency(long from, long to) {
    return reading.consistency(from, to);
  }

  @Override
  public List<Line> lines(long from, long to) {
    return reading.lines(from, to);
  }
}
