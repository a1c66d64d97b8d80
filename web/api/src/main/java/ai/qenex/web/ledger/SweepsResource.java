package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.SWEEP;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Sweep;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.stepup.StepUpGate;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Moving what is too much on an account, or what another one lacks. */
@Path("/api/v1/accounts")
@RequestScoped
@Tag(name = "accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class SweepsResource {

  @EJB private Accounts accounts;
  @Inject private InstructionDesk desk;
  @Inject private StepUpGate stepUp;
  @Inject private KnownNames names;

  @POST
  @IntendsByItself
  @Path("/{ref}/sweep")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Move all that is available, what is above keep, or what the other account lacks up to upTo")
  @APIResponseSchema(value = TransferView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  @Sensitive(SWEEP)
  public Response sweep(@PathParam("ref") String ref, SweepRequest request,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext security) {
    if (request.keep().isPresent() && request.upTo().isPresent()) {
      throw Values.invalid("/upTo", "either keep or upTo, not both");
    }
    Account from = AccountNames.find(accounts, ref);
    names.party("ref", ref, security);
    Asset asset = from.asset();
    UUID id = AuditedRequest.current().intend("sweep",
        IdempotencyKey.idOf(request.id(), key, security.getUserPrincipal().getName()));
    Sweep.Aim aim = request.upTo().isPresent()
        ? new Sweep.UpTo(Values.positiveMoney("/upTo", request.upTo().get(), asset).amount())
        : request.keep().<Sweep.Aim>map(text -> new Sweep.DownTo(Values.limit("/keep", text, asset).amount()))
            .orElse(Sweep.ALL);
    Optional<String> reference =
        request.reference().map(text -> Values.text("/reference", text, TransferOrder.MAX_REFERENCE));
    var sweep = new Sweep(id, from.number(), names.party("/to", request.to(), security).number(), aim, reference,
        request.valueDate().map(text -> Values.date("/valueDate", text)));
    stepUp.passWhole(security, id, "sweep", sweep);
    return desk.post(sweep, legs -> desk.viewOf(legs.get(0)));
  }
}
