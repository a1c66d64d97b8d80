package ai.qenex.web.stepup;

import ai.qenex.security.Factors;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.PasskeyAnswer;
import ai.qenex.security.PasskeyQuestion;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpCaller;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What a person proves himself with. The first factor is enrolled with the token alone; every change after that is an
 * operation that needs a proof with a factor there is.
 */
@Path("/api/v1/me/factors")
@RequestScoped
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
public class FactorsResource {

  private static final int MAX_LABEL = 100;
  private static final int MAX_CODE = 100;

  @EJB private Factors factors;
  @Inject private StepUpGate gate;
  @Context private HttpServletRequest request;
  @Context private SecurityContext who;

  /** A code of the moment, or a recovery code. */
  public record Code(String code) {

    /** Never the code. */
    @Override
    public String toString() {
      return "Code";
    }
  }

  /** What the browser got from the new passkey, in base64url. */
  public record NewPasskey(String label, String clientData, String attestation) {}

  /** Shown once. */
  public record RecoveryCodes(List<String> codes) {

    /** Never the codes. */
    @Override
    public String toString() {
      return "RecoveryCodes";
    }
  }

  @GET
  @Operation(summary = "What you prove yourself with")
  public Factors.Held held() {
    return factors.of(who.getUserPrincipal().getName());
  }

  @POST
  @Path("/totp")
  @Operation(summary = "A new secret for an authenticator; it counts when its first code confirms it")
  public Factors.TotpSecret beginTotp(@HeaderParam(IdempotencyKey.HEADER) String key) {
    StepUpCaller caller = changing("totp", key);
    return factors.beginTotp(caller.name());
  }

  @POST
  @Path("/totp/confirm")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Confirm the authenticator's secret by its first code")
  public Factors.Held confirmTotp(Code request) {
    StepUpCaller caller = person();
    require(factors.confirmTotp(caller, Values.text("/code", request.code(), MAX_CODE)));
    return factors.of(caller.name());
  }

  @POST
  @Path("/passkeys/question")
  @Operation(summary = "What a browser asks a new passkey")
  public PasskeyQuestion beginPasskey(@HeaderParam(IdempotencyKey.HEADER) String key) {
    StepUpCaller caller = changing("webauthn", key);
    return factors.beginPasskey(caller.name());
  }

  @POST
  @Path("/passkeys")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Keep the passkey that answered the question")
  public Response keepPasskey(NewPasskey request) {
    var answer = new PasskeyAnswer("", request.clientData(), request.attestation(), "");
    Factors.Passkey kept =
        factors.keepPasskey(person(), Values.text("/label", request.label(), MAX_LABEL), answer)
            .orElseThrow(() -> new ProblemException(Problem.of(422, "PASSKEY_REFUSED", "The passkey is not kept",
                "it does not answer the question asked last, is known, or you have as many as there may be")));
    return Response.status(Response.Status.CREATED).entity(kept).build();
  }

  @POST
  @Path("/recovery-codes")
  @Operation(summary = "Ten new recovery codes in the place of those you have; shown once")
  public RecoveryCodes renewRecoveryCodes(@HeaderParam(IdempotencyKey.HEADER) String key) {
    return new RecoveryCodes(factors.renewRecoveryCodes(changing("recovery codes", key)));
  }

  @POST
  @Path("/recover")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Take your factors away by a recovery code, to enrol new ones")
  public Factors.Held recover(Code request) {
    StepUpCaller caller = person();
    require(factors.recover(caller, Values.text("/code", request.code(), MAX_CODE)));
    return factors.of(caller.name());
  }

  /** The person, who has proven himself for this change if he has a factor. */
  private StepUpCaller changing(String factor, String key) {
    StepUpCaller caller = person();
    if (!factors.of(caller.name()).none()) {
      String id = IdempotencyKey.idOf(key, caller.name()).toString();
      gate.require(who, new LinkedOperation(StepUpKind.FACTOR_CHANGE, caller.name(), factor, "", "", id));
    }
    return caller;
  }

  private StepUpCaller person() {
    return Callers.person(who, source());
  }

  private String source() {
    return String.valueOf(request.getRemoteAddr());
  }

  private static void require(boolean right) {
    if (!right) {
      throw new ProblemException(Problem.of(422, "CODE_WRONG", "The code is not taken",
          "it is wrong, out of its time, was used before, or too many wrong ones were given"));
    }
  }
}
