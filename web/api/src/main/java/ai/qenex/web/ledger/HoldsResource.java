package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.HOLD_CAPTURE;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Holds;
import ai.qenex.ledger.Holds.Life;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.ledger.KnownNames.Holder;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reserving money, taking it in parts, and giving it back. */
@Path("/api/v1/holds")
@RequestScoped
@Tag(name = "holds")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class HoldsResource {

  @EJB private Holds holds;
  @Inject private TransferDesk assets;
  @Inject private InstructionDesk desk;
  @Inject private KnownNames names;
  @Inject private StepUpGate stepUp;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Reserve an amount of an account, as far as it is available")
  @APIResponseSchema(value = HoldView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  public Response place(PlaceHoldRequest request, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext who) {
    UUID id = AuditedRequest.current().intend("hold",
        IdempotencyKey.idOf(request.id(), key, who.getUserPrincipal().getName()));
    Asset asset = assets.asset(Values.text("/asset", request.asset(), 12));
    Money amount = Values.positiveMoney("/amount", request.amount(), asset);
    Holder account = names.party("/account", request.account(), who);
    Optional<Holder> beneficiary = request.beneficiary().map(name -> names.party("/beneficiary", name, who));
    stepUp.pass(who, amount, new LinkedOperation(StepUpKind.TRANSFER, account.id().toString(),
        "hold for " + beneficiary.map(holder -> holder.id().toString()).orElse("anybody"), StepUpGate.text(amount),
        asset.code(), id.toString()));
    var hold = new PlaceHold(id, account.number(), amount, beneficiary.map(Holder::number),
        request.expiresAt().map(text -> Values.instant("/expiresAt", text)), reference(request.reference()));
    Outcome.Accepted placed = desk.submit(hold);
    return desk.answer(placed, Response.created(URI.create("/api/v1/holds/" + id)).entity(viewOf(life(id))));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
  @Operation(summary = "Read a hold")
  public HoldView find(@PathParam("id") String id) {
    return viewOf(known(id));
  }

  @POST
  @IntendsByItself
  @Path("/{id}/capture")
  @Operation(summary = "Take what a hold reserves, or a part of it, by a transfer")
  @RequestBodySchema(CaptureRequest.class)
  @APIResponseSchema(value = TransferView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  @Sensitive(HOLD_CAPTURE)
  public Response capture(@PathParam("id") String text, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    CaptureRequest request = JsonBodyReader.readOptional(CaptureRequest.class, body);
    UUID id = AuditedRequest.current().intend("capture",
        IdempotencyKey.idOf(request.id(), key, who.getUserPrincipal().getName()));
    Life hold = known(text);
    Asset asset = hold.now().placed().asset();
    var capture = new CaptureHold(id, hold.now().id(),
        request.amount().map(amount -> Values.positiveMoney("/amount", amount, asset)),
        request.credit().map(name -> names.party("/credit", name, who).number()), request.last().orElse(false),
        reference(request.reference()), request.valueDate().map(date -> Values.date("/valueDate", date)));
    return desk.post(capture, legs -> desk.viewOf(legs.get(0)));
  }

  @POST
  @IntendsByItself
  @Path("/{id}/release")
  @Operation(summary = "Give back all that a hold still reserves")
  @RequestBodySchema(ReleaseRequest.class)
  @APIResponseSchema(value = HoldView.class, responseCode = "200")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  public Response release(@PathParam("id") String text, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    ReleaseRequest request = JsonBodyReader.readOptional(ReleaseRequest.class, body);
    UUID id = AuditedRequest.current().intend("release",
        IdempotencyKey.idOf(request.id(), key, who.getUserPrincipal().getName()));
    UUID hold = known(text).now().id();
    Outcome.Accepted released = desk.submit(new ReleaseHold(id, hold));
    return desk.answer(released, Response.ok(viewOf(life(hold))));
  }

  private static Optional<String> reference(Optional<String> text) {
    return text.map(given -> Values.text("/reference", given, TransferOrder.MAX_REFERENCE));
  }

  private HoldView viewOf(Life life) {
    return HoldView.of(life, desk::idOf);
  }

  private Life known(String id) {
    if (!Values.isUuid(id)) {
      throw unknown();
    }
    return life(UUID.fromString(id));
  }

  private Life life(UUID id) {
    return holds.find(id).orElseThrow(HoldsResource::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(Problem.notFound(Clause.HOLD_NOT_FOUND.name(), "no hold has that id"));
  }
}
