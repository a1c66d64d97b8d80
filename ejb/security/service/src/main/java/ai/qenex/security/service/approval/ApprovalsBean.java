package ai.qenex.security.service.approval;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Page;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Approval;
import ai.qenex.security.ApprovalAnswer;
import ai.qenex.security.ApprovalPolicies;
import ai.qenex.security.ApprovalPolicy;
import ai.qenex.security.Approvals;
import ai.qenex.security.Approver;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.KeyService;
import ai.qenex.security.Roles;
import ai.qenex.security.SensitiveCall;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The approvals of the bank. Holds the policies in memory, looks for changes of them and for what waits to be carried
 * out every moment, which is also how a node takes over what another one, or itself before a crash, left over.
 */
@Singleton
@Startup
@DependsOn("SecurityStart")
@Local(Approvals.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ApprovalsBean implements Approvals {

  private static final System.Logger LOG = System.getLogger(ApprovalsBean.class.getName());
  private static final int LEAST_POLL_MILLIS = 50;
  private static final int MOST_POLL_MILLIS = 60_000;

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private KeyService keys;
  @EJB private AuditTrail trail;
  @Resource private TimerService timers;
  @Resource private ManagedExecutorService executor;
  private final ApprovalPolicies policies = new ApprovalPolicies();
  private final AtomicBoolean carryingOut = new AtomicBoolean();
  private Transactions transactions;
  private ApprovalDesk desk;
  private LoopbackPerformer performer;
  private CarryOutApproved carryOut;
  private volatile long version = -1;

  @PostConstruct
  void start() {
    Config config = ConfigProvider.getConfig();
    int poll = config.getOptionalValue("qenex.approval.poll-millis", Integer.class).orElse(1_000);
    if (poll < LEAST_POLL_MILLIS || poll > MOST_POLL_MILLIS) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.approval.poll-millis must be " + LEAST_POLL_MILLIS + " to " + MOST_POLL_MILLIS);
    }
    String url = config.getOptionalValue("qenex.approval.url", String.class)
        .orElse("http://127.0.0.1:" + config.getOptionalValue("qenex.http.port", String.class).orElse("8080"));
    transactions = new Transactions(database);
    desk = new ApprovalDesk(transactions, new KeySeal(keys), InstantSource.system());
    performer = new LoopbackPerformer(URI.create(url));
    carryOut = new CarryOutApproved(transactions, desk, performer, new IssuerStanding(transactions));
    reload();
    timers.createIntervalTimer(poll, poll, new TimerConfig("approvals", false));
  }

  @Timeout
  void look() {
    try {
      reload();
      desk.expire();
      executor.execute(this::carryOutWhatWaits);
    } catch (QenexException e) {
      LOG.log(System.Logger.Level.WARNING, "approvals wait: {0}", e.getMessage());
    }
  }

  private void reload() {
    long now = transactions.run(PolicyStore::version);
    if (now != version) {
      policies.become(transactions.run(PolicyStore::all));
      version = now;
    }
  }

  /** One at a time on this node; what comes up in between is found by the timer. */
  private void carryOutWhatWaits() {
    if (!carryingOut.compareAndSet(false, true)) {
      return;
    }
    try {
      carryOut.run();
    } catch (QenexException e) {
      LOG.log(System.Logger.Level.WARNING, "what was approved waits: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      carryingOut.set(false);
    }
  }

  @Override
  @PermitAll
  public ApprovalPolicies policies() {
    return policies;
  }

  @Override
  public ApprovalAnswer request(SensitiveCall call, ApprovalPolicy policy) {
    ApprovalAnswer answer = desk.request(call, policy.life());
    note(answer, "request", call.id());
    return answer;
  }

  @Override
  public Optional<Approval> find(UUID id) {
    return desk.find(id);
  }

  @Override
  public Page<Approval> list(Wanted wanted) {
    return desk.list(wanted);
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.APPROVER, Roles.ADMINISTRATOR})
  public ApprovalAnswer decide(UUID id, Approver approver, Approval.Verdict verdict, String comment) {
    ApprovalAnswer answer = desk.decide(id, approver, verdict, comment);
    note(answer, verdict.code(), id);
    if (answer instanceof ApprovalAnswer.Known known && known.approval().state() == Approval.State.APPROVED) {
      executor.execute(this::carryOutWhatWaits);
    }
    return answer;
  }

  @Override
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.ADMINISTRATOR})
  public ApprovalAnswer withdraw(UUID id, String maker) {
    ApprovalAnswer answer = desk.withdraw(id, maker);
    note(answer, "withdraw", id);
    return answer;
  }

  private void note(ApprovalAnswer answer, String what, UUID id) {
    var subject = new AuditSubject("approval", id.toString());
    if (answer instanceof ApprovalAnswer.Refused refused) {
      trail.note(AuditEvent.of(AuditKind.APPROVAL, what, subject, AuditOutcome.REFUSED)
          .because(refused.refusal().clause().name()));
    } else if (answer instanceof ApprovalAnswer.Known known) {
      trail.note(AuditEvent.of(AuditKind.APPROVAL, what, subject, AuditOutcome.SUCCEEDED)
          .because(known.approval().call().operation().code())
          .changing("", "state=" + known.approval().state().code() + " hash=" + known.approval().hash()));
    }
  }

  @Override
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
  public List<ApprovalPolicy> storedPolicies() {
    return transactions.run(PolicyStore::all);
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public void keepPolicy(ApprovalPolicy policy, String administrator) {
    transactions.run(connection -> {
      PolicyStore.keep(connection, policy, administrator);
      return policy;
    });
    trail.note(AuditEvent.of(AuditKind.CONFIGURATION, "keep policy", new AuditSubject("approval-policy", policy.name()),
        AuditOutcome.SUCCEEDED).changing("", policy.toString()));
    reload();
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public boolean dropPolicy(String name, String administrator) {
    boolean dropped = transactions.run(connection -> PolicyStore.drop(connection, name));
    trail.note(AuditEvent.of(AuditKind.CONFIGURATION, "drop policy", new AuditSubject("approval-policy", name),
        dropped ? AuditOutcome.SUCCEEDED : AuditOutcome.REFUSED).changing("kept", "dropped"));
    reload();
    return dropped;
  }

  @Override
  @PermitAll
  public Optional<SensitiveCall> redeem(String secret) {
    return performer.redeem(secret);
  }
}
