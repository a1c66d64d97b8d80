package ai.qenex.ledger.service;

import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerAnchors;
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
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Anchors when asked to; on the node that leads also by itself, once the last anchor is a year old. */
@Singleton
@Startup
@Local(LedgerAnchors.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LedgerAnchorsBean implements LedgerAnchors {

  private static final Duration YEAR = Duration.ofDays(365);
  private static final long HOURS_BETWEEN_LOOKS = 1;
  private static final System.Logger LOG = System.getLogger(LedgerAnchorsBean.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @Resource private ManagedScheduledExecutorService executor;
  @EJB private LedgerEngineBean ledger;
  @EJB private KeyService keys;

  private LedgerAnchors anchors;
  private ScheduledFuture<?> looks;

  @PostConstruct
  void open() {
    anchors = new SealAnchors(database, () -> keys.signer(KeyPurpose.ANCHOR), Clock.systemUTC());
    looks = executor.scheduleWithFixedDelay(this::look, HOURS_BETWEEN_LOOKS, HOURS_BETWEEN_LOOKS, TimeUnit.HOURS);
  }

  @PreDestroy
  void close() {
    looks.cancel(false);
  }

  @Override
  public List<Anchor> anchors() {
    return anchors.anchors();
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR})
  public Optional<Anchor> anchor() {
    return anchors.anchor();
  }

  private void look() {
    try {
      Instant due = Clock.systemUTC().instant().minus(YEAR);
      if (ledger.leads() && anchors.anchors().stream().noneMatch(anchor -> anchor.madeAt().isAfter(due))) {
        anchors.anchor();
      }
    } catch (QenexException e) {
      LOG.log(Level.WARNING, "The log was not anchored; it is tried again in an hour: {0}", e.getMessage());
    }
  }
}
