package ai.qenex.web.stepup;

import ai.qenex.security.PasskeyAnswer;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpCaller;
import ai.qenex.security.StepUpClause;
import ai.qenex.security.StepUps;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answering the challenge of an operation that is over the policy. */
@Path("/api/v1/step-up")
@RequestScoped
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
public class StepUpResource {

  @EJB private StepUps stepUps;
  @Context private HttpServletRequest request;

  /** One of the two. */
  public record Confirmation(Optional<String> code, Optional<String> credentialId, Optional<String> clientData,
      Optional<String> authenticatorData, Optional<String> signature) {

    /** Never the code. */
    @Override
    public String toString() {
      return "Confirmation";
    }
  }

  /** @param proof for the header {@code Step-Up} of the repeated request, once */
  public record Proof(String proof, int expiresInSeconds) {

    /** Never the proof. */
    @Override
    public String toString() {
      return "Proof";
    }
  }

  @GET
  @Path("/{challenge}")
  @Operation(summary = "What is to be confirmed: payer, payee, amount")
  public ChallengeView find(@PathParam("challenge") String id, @Context SecurityContext who) {
    return stepUps.find(who.getUserPrincipal().getName(), existing(id)).map(ChallengeView::of)
        .orElseThrow(() -> new ProblemException(problem(StepUpClause.UNKNOWN, 0)));
  }

  @POST
  @Path("/{challenge}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Answer a challenge with a code of the moment, or with a passkey's assertion")
  public Proof confirm(@PathParam("challenge") String id, Confirmation answer, @Context SecurityContext who) {
    StepUpCaller caller = Callers.of(who, String.valueOf(request.getRemoteAddr()));
    UUID challenge = existing(id);
    StepUps.Answer given = answer.code().isPresent() ? stepUps.confirm(caller, challenge, answer.code().get())
        : stepUps.confirm(caller, challenge, assertion(answer));
    if (given instanceof StepUps.Answer.Proven proven) {
      return new Proof(proven.proof(), proven.expiresInSeconds());
    }
    var refused = (StepUps.Answer.Refused) given;
    throw new ProblemException(problem(refused.clause(), refused.failuresLeft()));
  }

  private static PasskeyAnswer assertion(Confirmation answer) {
    return new PasskeyAnswer(member("/credentialId", answer.credentialId()), member("/clientData", answer.clientData()),
        member("/authenticatorData", answer.authenticatorData()), member("/signature", answer.signature()));
  }

  private static String member(String path, Optional<String> text) {
    return text.orElseThrow(() -> Values.invalid(path, "a code, or all four members of an assertion"));
  }

  private static UUID existing(String id) {
    if (!Values.isUuid(id)) {
      throw new ProblemException(problem(StepUpClause.UNKNOWN, 0));
    }
    return UUID.fromString(id);
  }

  private static Problem problem(StepUpClause clause, int failuresLeft) {
    return switch (clause) {
      case UNKNOWN, MISSING -> Problem.notFound("CHALLENGE_NOT_FOUND", "you have no open challenge of that id");
      case WRONG -> refusal(clause, "the code or assertion is wrong, out of its time or was used before")
          .with("failuresLeft", failuresLeft);
      case LOCKED -> refusal(clause, "too many wrong answers: ask for a new challenge later");
      case EXPIRED -> refusal(clause, "the challenge is past its time: ask for a new one");
      case USED -> refusal(clause, "the challenge was answered");
      case MISMATCH -> refusal(clause, "the proof is for something else");
    };
  }

  private static Problem refusal(StepUpClause clause, String detail) {
    return Problem.of(422, "STEP_UP_" + clause.name(), "No proof is given", detail);
  }
}
