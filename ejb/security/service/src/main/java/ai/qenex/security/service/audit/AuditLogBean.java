package ai.qenex.security.service.audit;

import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLog;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Reads and proves the audit log for auditors, and checks it by itself every minute. */
@Singleton
@Startup
@Local(AuditLog.class)
@RolesAllowed({Roles.AUDITOR, Roles.SERVICE})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditLogBean implements AuditLog {

  private static final int SECONDS_BETWEEN_CHECKS = 60;
  private static final System.Logger LOG = System.getLogger(AuditLogBean.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @Resource private ManagedScheduledExecutorService executor;
  @EJB private AuditTrailBean trail;

  private AuditReading reading;
  private AuditCheck check;
  private ScheduledFuture<?> checking;
  private volatile Optional<String> found = Optional.empty();

  @PostConstruct
  void start() {
    reading = new AuditReading(database);
    check = new AuditCheck(reading);
    checking = executor.scheduleWithFixedDelay(this::checkAlone, SECONDS_BETWEEN_CHECKS, SECONDS_BETWEEN_CHECKS,
        TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    checking.cancel(false);
  }

  private void checkAlone() {
    try {
      look();
    } catch (RuntimeException e) {
      // the boundary of a timer: one failed look must not end the looking
      LOG.log(Level.WARNING, "The audit log could not be checked", e);
    }
  }

  private Report look() {
    Report report = check.run(trail.violation());
    found = report.violations().stream().findFirst().map(what -> "the audit log was tampered with: " + what);
    found.ifPresent(what -> LOG.log(Level.ERROR, what));
    return report;
  }

  @Override
  public Page find(Search search, long below, int limit) {
    return reading.find(search, below, Math.min(limit, MOST_RECORDS));
  }

  @Override
  public List<AuditRecord> records(long first, long last) {
    return reading.records(first, Math.min(last, first + MOST_RECORDS - 1));
  }

  @Override
  public long size() {
    return reading.size();
  }

  @Override
  public Optional<AuditHead> latestHead() {
    return reading.latestHead();
  }

  @Override
  public List<AuditHead> heads(long after, int limit) {
    return reading.heads(after, limit);
  }

  @Override
  public List<Key> keys() {
    return reading.keys();
  }

  @Override
  public Optional<Inclusion> inclusion(long seq, Optional<Long> head) {
    return reading.inclusion(seq, head);
  }

  @Override
  public Optional<Growth> consistency(long from, long to) {
    return reading.consistency(from, to);
  }

  @Override
  public List<AuditRecord> openIntents() {
    return trail.openIntents();
  }

  @Override
  public Report check() {
    return look();
  }

  /** Open to everyone, because the platform asks without a token. */
  @Override
  @PermitAll
  public Optional<String> whyNotReady() {
    Optional<String> writing = trail.whyNotReady();
    return writing.isPresent() ? writing : found;
  }
}
