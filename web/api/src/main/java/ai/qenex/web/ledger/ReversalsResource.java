package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.REVERSAL;

import ai.qenex.ledger.Clause;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.ReverseTransfer;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Undoing a transfer by a new one, once. */
@Path("/api/v1/transfers/{id}/reversal")
@RequestScoped
@Tag(name = "transfers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class ReversalsResource {

  @EJB private LedgerHistory history;
  @Inject private InstructionDesk desk;
  @Inject private KnownNames names;

  @POST
  @IntendsByItself
  @Operation(summary = "Undo a transfer by a new one in the other direction, once")
  @RequestBodySchema(ReversalRequest.class)
  @APIResponseSchema(value = TransferView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  @Sensitive(REVERSAL)
  public Response reverse(@PathParam("id") String text, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    ReversalRequest request = JsonBodyReader.readOptional(ReversalRequest.class, body);
    UUID id = AuditedRequest.current().intend("reversal",
        IdempotencyKey.idOf(request.id(), key, who.getUserPrincipal().getName()));
    TransferPosted transfer = posted(text);
    // what payments and their settlement move is theirs to undo
    names.party("id", desk.idOf(transfer.debit()).toString(), who);
    names.party("id", desk.idOf(transfer.credit()).toString(), who);
    var reversal = new ReverseTransfer(id, transfer.id(),
        request.reference().map(given -> Values.text("/reference", given, TransferOrder.MAX_REFERENCE)),
        request.valueDate().map(date -> Values.date("/valueDate", date)));
    return desk.post(reversal, legs -> desk.viewOf(legs.get(0)));
  }

  private TransferPosted posted(String text) {
    return (Values.isUuid(text) ? history.find(UUID.fromString(text)) : Optional.empty())
        .filter(TransferPosted.class::isInstance).map(TransferPosted.class::cast)
        .orElseThrow(() -> new ProblemException(
            Problem.notFound(Clause.TRANSFER_NOT_FOUND.name(), "no transfer was posted under that id")));
  }
}
