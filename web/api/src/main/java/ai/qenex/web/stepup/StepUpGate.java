package ai.qenex.web.stepup;

import ai.qenex.kernel.Money;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.StepUpCaller;
import ai.qenex.security.StepUpChallenge;
import ai.qenex.security.StepUpClause;
import ai.qenex.security.StepUpKind;
import ai.qenex.security.StepUpPolicy;
import ai.qenex.security.StepUps;
import ai.qenex.web.approval.ApprovedLogin;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Asks for a fresh proof where the policy wants one (invariant SCA-1). What is under the policy costs a look into the
 * token and a comparison, and no database.
 */
@ApplicationScoped
public class StepUpGate {

  /** Carries the proof. */
  public static final String HEADER = "Step-Up";
  /** Of the problem that asks for a proof. */
  public static final String CODE = "STEP_UP_REQUIRED";

  @EJB private StepUps stepUps;
  @Inject private HttpServletRequest request;

  private StepUpPolicy policy;

  @PostConstruct
  void readPolicy() {
    policy = stepUps.policy();
  }

  /**
   * Lets an operation pass that moves one amount, if it needs no proof or the request has the right one.
   *
   * @param operation its amount may be empty: then it is the money's
   * @throws ProblemException 403 {@code STEP_UP_REQUIRED} with a challenge
   */
  public void pass(SecurityContext who, Money money, LinkedOperation operation) {
    StepUpCaller caller = Callers.of(who, "");
    boolean asks = policy.concerns(caller) && (policy.asks(caller, operation.kind(), money)
        || stepUps.asksForNewPayee(caller, operation.payee()));
    if (asks) {
      require(who, operation);
    }
  }

  /** Whether anything is asked of that caller at all. */
  public boolean concerns(SecurityContext who) {
    return policy.concerns(Callers.of(who, ""));
  }

  /** Whether an operation of that kind needs a proof, whatever its amount. */
  public boolean asks(SecurityContext who, StepUpKind kind) {
    return policy.asks(Callers.of(who, ""), kind);
  }

  /** Whether a transfer of an amount needs a proof, for who asks many times. */
  public Predicate<Money> asking(SecurityContext who) {
    StepUpCaller caller = Callers.of(who, "");
    return policy.concerns(caller) ? money -> policy.asks(caller, StepUpKind.TRANSFER, money) : money -> false;
  }

  /**
   * Lets an instruction pass whose effect shows only when it is decided; a proof binds every word of it.
   *
   * @param id of the request
   * @param name what it is, for the person
   * @param instruction a record of values, whose text is the same whenever it is asked the same
   */
  public void passWhole(SecurityContext who, UUID id, String name, Object instruction) {
    if (asks(who, StepUpKind.COMPOUND)) {
      require(who, new LinkedOperation(StepUpKind.COMPOUND, sha256(instruction.toString()), name, "", "",
          id.toString()));
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Uses the request's proof up for that operation.
   *
   * @throws ProblemException 403 {@code STEP_UP_REQUIRED} with a challenge, if there is no such proof
   */
  public void require(SecurityContext who, LinkedOperation operation) {
    if (ApprovedLogin.callOf(request).isPresent()) {
      return; // others have approved it, and this node sends it by itself: nobody is there to be asked
    }
    StepUpCaller caller = Callers.of(who, String.valueOf(request.getRemoteAddr()));
    String proof = request.getHeader(HEADER);
    Optional<StepUpClause> refused = proof == null ? Optional.of(StepUpClause.MISSING)
        : stepUps.redeem(caller, proof, operation);
    if (refused.isPresent()) {
      throw new ProblemException(problem(refused.get(), stepUps.challenge(caller, operation)));
    }
  }

  private static Problem problem(StepUpClause clause, StepUpChallenge challenge) {
    String detail = challenge.methods().isEmpty()
        ? "this needs a fresh proof of who you are: enrol an authenticator or a passkey first"
        : "this needs a fresh proof of who you are: answer the challenge, then send the same request with the proof";
    return Problem.of(403, CODE, "Prove that it is you", detail).with("reason", clause.name())
        .with("challenge", ChallengeView.of(challenge));
  }

  /** An amount as it is shown and linked: with all decimals of its asset. */
  public static String text(Money money) {
    return new BigDecimal(money.amount().toBigInteger(), money.asset().scale()).toPlainString();
  }
}
