package ai.qenex.web.payments;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Accounts;
import ai.qenex.payments.Statements;
import ai.qenex.security.PayloadEnvelopes.ClientKey;
import ai.qenex.security.PayloadEnvelopes;
import ai.qenex.security.Roles;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Statements, in the form that {@code Accept} asks for. */
@Path("/api/v1/accounts")
@RequestScoped
@Tag(name = "accounts")
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class StatementsResource {

  @EJB private Accounts accounts;
  @EJB private Statements statements;
  @EJB private PayloadEnvelopes envelopes;

  @GET
  @Path("/{ref}/statements/{date}")
  @Produces(MediaType.APPLICATION_XML)
  @Operation(operationId = "statementAsCamt053", summary = "The statement of a business day: camt.053 or JSON")
  @APIResponseSchema(value = String.class, responseCode = "200")
  public byte[] camt053(@PathParam("ref") String ref, @PathParam("date") String date) {
    BusinessDate day = Values.businessDate("date", date);
    return statements.camt053(day, AccountNames.find(accounts, ref).number()).orElseThrow(StatementsResource::notFound);
  }

  @GET
  @Path("/{ref}/statements/{date}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "statementAsJson", summary = "The statement of a business day: camt.053 or JSON")
  public StatementView json(@PathParam("ref") String ref, @PathParam("date") String date) {
    BusinessDate day = Values.businessDate("date", date);
    Account account = AccountNames.find(accounts, ref);
    return statements.find(day, account.number()).map(statement -> StatementView.of(account, statement))
        .orElseThrow(StatementsResource::notFound);
  }

  @GET
  @Path("/{ref}/statements/{date}")
  @Produces(PaymentFilesResource.JOSE)
  @Operation(operationId = "statementEncrypted", summary = "The statement of a business day: camt.053 or JSON; as"
      + " application/jose the camt.053, encrypted to the caller's registered key")
  @APIResponseSchema(value = String.class, responseCode = "200")
  public String encrypted(@PathParam("ref") String ref, @PathParam("date") String date, @QueryParam("key") String key,
      @Context SecurityContext who) {
    if (key == null) {
      throw Values.invalid("key", "is needed: the id of a key registered at /api/v1/payload-keys");
    }
    byte[] statement = camt053(ref, date);
    return envelopes.seal(new ClientKey.Owner(who.getUserPrincipal().getName(), key), statement,
        MediaType.APPLICATION_XML).orElseThrow(
            () -> new ProblemException(
                Problem.notFound("PAYLOAD_KEY_NOT_FOUND", "no key of that id is registered for the caller")));
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.notFound("STATEMENT_NOT_FOUND",
        "no statement was drawn for that account and day: it is drawn at the end of a day on which the account moved"));
  }
}
