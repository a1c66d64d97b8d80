package ai.qenex.security.service;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.Factors;
import ai.qenex.security.KeyService;
import ai.qenex.security.PasskeyAnswer;
import ai.qenex.security.PasskeyQuestion;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpCaller;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** People's factors behind the roles; guesses at codes are counted over all nodes. */
@Stateless
@Local(Factors.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FactorsBean implements Factors {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private SecurityStart start;
  @EJB private KeyService keys;
  @EJB private AuditTrail audit;

  private final InstantSource clock = InstantSource.system();
  private PeoplesFactors factors;

  @PostConstruct
  void prepare() {
    factors = new PeoplesFactors(database, keys, start.passkeys());
  }

  @Override
  public Held of(String name) {
    return factors.of(name);
  }

  @Override
  public TotpSecret beginTotp(String name) {
    return factors.beginTotp(name);
  }

  @Override
  public boolean confirmTotp(StepUpCaller caller, String code) {
    return guess(caller) && proven(caller, factors.confirmTotp(caller.name(), code, clock.instant()));
  }

  @Override
  public PasskeyQuestion beginPasskey(String name) {
    return factors.askForPasskey(name, clock.instant());
  }

  @Override
  public Optional<Passkey> keepPasskey(StepUpCaller caller, String label, PasskeyAnswer answer) {
    return factors.keepPasskey(caller.name(), label, answer, clock.instant());
  }

  @Override
  public List<String> renewRecoveryCodes(StepUpCaller caller) {
    return factors.renewRecoveryCodes(caller.name());
  }

  @Override
  public boolean recover(StepUpCaller caller, String code) {
    boolean recovered = guess(caller) && proven(caller, factors.burnsRecoveryCode(caller.name(), code));
    if (recovered) {
      factors.takeAway(caller.name(), false);
    }
    return recovered;
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public void reset(StepUpCaller administrator, String name) {
    factors.takeAway(name, true);
    audit.note(
        AuditEvent.of(AuditKind.IDENTITY, "reset factors", new AuditSubject("factor", name), AuditOutcome.SUCCEEDED)
            .because("all taken away"));
    new AttemptStore(database).clear(codes(name));
  }

  /** False while codes of that person are closed. */
  private boolean guess(StepUpCaller caller) {
    return new AttemptStore(database).begin(codes(caller.name()), start.settings().people(), clock.instant()).isEmpty();
  }

  private boolean proven(StepUpCaller caller, boolean right) {
    audit.note(AuditEvent.of(AuditKind.LOGIN, "use a code", new AuditSubject("factor", caller.name()),
        right ? AuditOutcome.SUCCEEDED : AuditOutcome.REFUSED).because("a code"));
    if (right) {
      new AttemptStore(database).clear(codes(caller.name()));
    }
    return right;
  }

  /** By which wrong codes of a person are counted, wherever they are given. */
  static String codes(String name) {
    return "code:" + name;
  }
}
