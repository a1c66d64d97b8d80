package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.ALLOCATION;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Allocate;
import ai.qenex.ledger.Destination;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Source;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.json.JsonPlace;
import ai.qenex.web.stepup.StepUpGate;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Moving one amount from several sources to several destinations. */
@Path("/api/v1/allocations")
@RequestScoped
@Tag(name = "transfers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class AllocationsResource {

  @Inject private TransferDesk assets;
  @Inject private InstructionDesk desk;
  @Inject private StepUpGate stepUp;
  @Inject private KnownNames names;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Move an amount from ordered or shared sources to such destinations, all or nothing")
  @RequestBodySchema(AllocationRequest.class)
  @APIResponseSchema(value = AllocationView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  @Sensitive(ALLOCATION)
  public Response allocate(InputStream body, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) throws IOException {
    JsonPlace request = JsonBodyReader.readPlace(body)
        .object("id", "asset", "amount", "source", "destination", "reference", "valueDate");
    UUID id = AuditedRequest.current().intend("allocation",
        IdempotencyKey.idOf(request.optionalText("id"), key, security.getUserPrincipal().getName()));
    Optional<String> reference =
        request.optionalText("reference").map(text -> Values.text("/reference", text, TransferOrder.MAX_REFERENCE));
    Optional<LocalDate> valueDate = request.optionalText("valueDate").map(text -> Values.date("/valueDate", text));
    Asset asset = assets.asset(Values.text("/asset", request.text("asset"), 12));
    var reader = new AllocationReader(asset, (path, name) -> names.party(path, name, security).number());
    Optional<Amount> amount = reader.amount(request.at("amount"));
    Source source = reader.source(request.at("source"));
    Destination destination = reader.destination(request.at("destination"));
    Allocate allocation = Values.build("",
        () -> new Allocate(id, asset, amount, source, destination, reference, valueDate));
    stepUp.passWhole(security, id, "allocation", allocation);
    return desk.post(allocation, legs -> viewOf(id, asset, legs));
  }

  private AllocationView viewOf(UUID id, Asset asset, List<TransferPosted> legs) {
    Money sum = legs.stream().map(TransferPosted::amount).reduce(new Money(Amount.ZERO, asset), Money::plus);
    return new AllocationView(id, asset.code(), sum.toDecimalString(), legs.stream().map(desk::viewOf).toList());
  }
}
