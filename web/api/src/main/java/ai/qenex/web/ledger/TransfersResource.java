package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.TRANSFER;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Reversals;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.BoundedBody;
import ai.qenex.web.ledger.KnownNames.Holder;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Posting and reading single transfers. */
@Path("/api/v1/transfers")
@ApplicationScoped
@Tag(name = "transfers")
@Produces(MediaType.APPLICATION_JSON)
public class TransfersResource {

  @EJB private Accounts accounts;
  @EJB private LedgerHistory history;
  @EJB private Reversals reversals;
  @Inject private TransferDesk desk;
  @Inject private KnownNames names;
  @Inject private StepUpGate stepUp;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR})
  @Operation(summary = "Post one transfer")
  @RequestBodySchema(TransferRequest.class)
  @APIResponseSchema(value = TransferView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused it; code is the clause")
  @Sensitive(TRANSFER)
  public Response post(InputStream body, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security)
      throws IOException {
    TransferRequest request = TransferReader.readOne(new BoundedBody(body, BoundedBody.MAX_OBJECT_BYTES));
    var wanted =
        new WantedTransfer("", AuditedRequest.current().intend("transfer",
            IdempotencyKey.idOf(request.id(), key, security.getUserPrincipal().getName())), request);
    Asset asset = desk.asset(request.asset());
    Money amount = Values.positiveMoney("/amount", request.amount(), asset);
    Holder debit = names.party("/debit", request.debit(), security);
    Holder credit = names.party("/credit", request.credit(), security);
    stepUp.pass(security, amount, TransferDesk.linked(wanted.id(), amount, debit, credit));
    return desk.post(wanted.order(amount, debit.number(), credit.number()), debit, credit);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
  @Operation(summary = "Read a transfer, or why it was refused")
  @APIResponseSchema(value = TransferView.class, responseCode = "200")
  public Response find(@PathParam("id") String text) {
    Optional<Response> found = Values.isUuid(text) ? history.find(UUID.fromString(text)).flatMap(entry -> {
      if (entry instanceof TransferPosted posted) {
        return Optional
            .of(TransferView.of(posted, history.hashOf(posted), idOf(posted.debit()), idOf(posted.credit()))
                .reversedBy(reversals.of(List.of(posted.id()))));
      }
      return entry instanceof InstructionRefused refused ? Optional.of(RefusedView.of(refused))
          : Optional.<Record>empty();
    }).map(view -> Response.ok(view).build()) : Optional.empty();
    return found
        .orElseThrow(() -> new ProblemException(Problem.notFound("TRANSFER_NOT_FOUND", "no transfer has that id")));
  }

  private UUID idOf(AccountNumber number) {
    return accounts.find(number).orElseThrow().id();
  }
}
