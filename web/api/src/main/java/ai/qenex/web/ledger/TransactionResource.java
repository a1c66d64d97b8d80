package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.TRANSFER;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.ledger.KnownNames.Holder;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The published shape of a transfer, an alias of {@code /api/v1/transfers}. */
@Path("/api/v1/transaction")
@ApplicationScoped
@Tag(name = "transfers")
public class TransactionResource {

  @Inject private KnownNames names;
  @Inject private TransferDesk desk;
  @Inject private StepUpGate stepUp;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR})
  @Operation(summary = "Post one transfer in the published shape; the amount may be a JSON number")
  @APIResponseSchema(value = TransferView.class, responseCode = "201")
  @Sensitive(TRANSFER)
  public Response post(TransactionRequest request, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) {
    UUID id = AuditedRequest.current().intend("transfer",
        IdempotencyKey.idOf(key, security.getUserPrincipal().getName()));
    Money amount = Values.positiveMoney("/amount", request.amount().value(), desk.asset(request.token()));
    Holder from = names.party("/from", request.from(), security);
    Holder to = names.party("/to", request.to(), security);
    stepUp.pass(security, amount, TransferDesk.linked(id, amount, from, to));
    return desk.post(TransferOrder.of(id, from.number(), to.number(), amount), from, to);
  }
}
