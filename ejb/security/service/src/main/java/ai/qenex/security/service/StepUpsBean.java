package ai.qenex.security.service;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.KeyService;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.PasskeyAnswer;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpCaller;
import ai.qenex.security.StepUpChallenge;
import ai.qenex.security.StepUpClause;
import ai.qenex.security.StepUpKind;
import ai.qenex.security.StepUpPolicy;
import ai.qenex.security.StepUps;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Challenges, answers and proofs; everything that counts is a row, see {@link StepUpStore}. */
@Singleton
@Local(StepUps.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StepUpsBean implements StepUps {

  private static final int PROOF_BYTES = 32;
  private static final int LONGEST_PROOF = 100;
  private static final int LONGEST_CODE = 100;
  /** How long ended challenges are kept, so that what was used is told apart from what never was. */
  private static final Duration KEPT = Duration.ofDays(1);
  /** About 5 MB at most. */
  private static final int MOST_PAYEES = 20_000;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private SecurityStart start;
  @EJB private KeyService keys;
  @EJB private AuditTrail audit;

  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final Set<List<String>> knownPayees = ConcurrentHashMap.newKeySet();
  private StepUpStore store;
  private PeoplesFactors factors;

  @PostConstruct
  void prepare() {
    store = new StepUpStore(database);
    factors = new PeoplesFactors(database, keys, start.passkeys());
  }

  @Override
  public StepUpPolicy policy() {
    return start.stepUpPolicy();
  }

  @Override
  public boolean asksForNewPayee(StepUpCaller caller, String payee) {
    if (!policy().newPayee() || !policy().concerns(caller) || knownPayees.contains(List.of(caller.name(), payee))) {
      return false;
    }
    boolean known = store.knowsPayee(caller.name(), payee);
    if (known) {
      remember(caller.name(), payee);
    }
    return !known;
  }

  @Override
  public StepUpChallenge challenge(StepUpCaller caller, LinkedOperation operation) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var challenge = new StepUpStore.Challenge(UUID.randomUUID(), operation, now.plus(start.stepUpLife()));
    store.add(caller.name(), challenge, now.minus(KEPT));
    return view(caller.name(), challenge);
  }

  @Override
  public Optional<StepUpChallenge> find(String name, UUID id) {
    return store.find(name, id, clock.instant()).map(found -> view(name, found));
  }

  @Override
  public Answer confirm(StepUpCaller caller, UUID id, String code) {
    if (code.length() > LONGEST_CODE) {
      return new Answer.Refused(StepUpClause.WRONG, 0);
    }
    return confirm(caller, id, "totp", guess -> factors.takesCode(caller.name(), code, clock.instant()));
  }

  @Override
  public Answer confirm(StepUpCaller caller, UUID id, PasskeyAnswer assertion) {
    return confirm(caller, id, "webauthn", guess -> factors.takesPasskey(caller.name(),
        StepUpStore.passkeyChallenge(id, guess.linkedDigest()), assertion));
  }

  private Answer confirm(StepUpCaller caller, UUID id, String method, Predicate<StepUpStore.Guess> right) {
    Answer answer = answer(caller, id, method, right);
    Optional<StepUpClause> refused =
        answer instanceof Answer.Refused no ? Optional.of(no.clause()) : Optional.empty();
    note(id.toString(), "answered by " + method, refused);
    return answer;
  }

  /** Hands the outcome to the audit log; who it was and from where the log knows from the request. */
  private void note(String subject, String what, Optional<StepUpClause> refused) {
    AuditOutcome outcome = refused.isPresent() ? AuditOutcome.REFUSED : AuditOutcome.SUCCEEDED;
    audit.note(AuditEvent.of(AuditKind.STEP_UP, "step up", new AuditSubject("step-up", subject), outcome)
        .because(what + refused.map(clause -> ": " + clause).orElse("")));
  }

  private Answer answer(StepUpCaller caller, UUID id, String method, Predicate<StepUpStore.Guess> right) {
    Instant now = clock.instant();
    Optional<StepUpStore.Guess> guess = store.guess(caller.name(), id, now);
    if (guess.isEmpty()) {
      return new Answer.Refused(store.closed(caller.name(), id, now), 0);
    }
    int left = MAX_FAILURES - guess.get().number();
    var attempts = new AttemptStore(database);
    if (attempts.begin(FactorsBean.codes(caller.name()), start.settings().people(), now).isPresent()) {
      return new Answer.Refused(StepUpClause.LOCKED, left);
    }
    if (!right.test(guess.get())) {
      return new Answer.Refused(StepUpClause.WRONG, left);
    }
    attempts.clear(FactorsBean.codes(caller.name()));
    var bytes = new byte[PROOF_BYTES];
    random.nextBytes(bytes);
    String proof = BASE64.encodeToString(bytes);
    return store.prove(id, method, proof, now.plus(start.stepUpLife()))
        ? new Answer.Proven(proof, (int) start.stepUpLife().toSeconds())
        : new Answer.Refused(StepUpClause.USED, 0);
  }

  @Override
  public Optional<StepUpClause> redeem(StepUpCaller caller, String proof, LinkedOperation operation) {
    Optional<StepUpClause> refused = use(caller, proof, operation);
    note(operation.id(), "proof for a " + operation.kind().text(), refused);
    return refused;
  }

  private Optional<StepUpClause> use(StepUpCaller caller, String proof, LinkedOperation operation) {
    if (proof.length() > LONGEST_PROOF) {
      return Optional.of(StepUpClause.UNKNOWN);
    }
    Instant now = clock.instant();
    Optional<StepUpStore.Used> used = store.use(proof, now);
    if (used.isEmpty()) {
      return Optional.of(store.wasUsed(proof) ? StepUpClause.USED : StepUpClause.UNKNOWN);
    }
    if (!used.get().subject().equals(caller.name())) {
      return Optional.of(StepUpClause.UNKNOWN);
    }
    if (!MessageDigest.isEqual(used.get().linkedDigest(), operation.digest())) {
      return Optional.of(StepUpClause.MISMATCH);
    }
    if (!now.isBefore(used.get().expires())) {
      return Optional.of(StepUpClause.EXPIRED);
    }
    if (policy().newPayee() && (operation.kind() == StepUpKind.TRANSFER || operation.kind() == StepUpKind.PAYMENT)) {
      store.rememberPayee(caller.name(), operation.payee());
      remember(caller.name(), operation.payee());
    }
    return Optional.empty();
  }

  private void remember(String name, String payee) {
    if (knownPayees.size() >= MOST_PAYEES) {
      knownPayees.clear();
    }
    knownPayees.add(List.of(name, payee));
  }

  private StepUpChallenge view(String name, StepUpStore.Challenge challenge) {
    var held = factors.of(name);
    Set<String> methods = new HashSet<>();
    if (held.totp()) {
      methods.add("totp");
    }
    if (!held.passkeys().isEmpty()) {
      methods.add("webauthn");
    }
    return new StepUpChallenge(challenge.id(), challenge.operation(), challenge.expires(), methods,
        factors.question(name, StepUpStore.passkeyChallenge(challenge.id(), challenge.operation().digest())));
  }
}
