package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.ACCOUNT_CHANGE;
import static ai.qenex.security.Operation.ACCOUNT_LIMIT;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Asked;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.Outcome;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import ai.qenex.web.stepup.StepUpGate;
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
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Moving an account on in its life. Who asks and the reason he gives are kept; only the limit needs a body. */
@Path("/api/v1/accounts")
@RequestScoped
@Tag(name = "accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class AccountLifeResource {

  @EJB private Ledger ledger;
  @EJB private Accounts accounts;
  @Inject private StepUpGate stepUp;

  @POST
  @IntendsByItself
  @Path("/{ref}/freeze")
  @Operation(summary = "Freeze debits, credits or both, on top of a freeze there is")
  @RequestBodySchema(FreezeRequest.class)
  @Sensitive(ACCOUNT_CHANGE)
  public AccountView freeze(@PathParam("ref") String ref, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    FreezeRequest request = JsonBodyReader.readOptional(FreezeRequest.class, body);
    var freeze = new ChangeAccount.Freeze(request.side().map(AccountLifeResource::side)
        .orElse(ChangeAccount.Side.BOTH));
    return change(ref, freeze, request.reason(), new Asking(key, who));
  }

  private static ChangeAccount.Side side(String text) {
    if (!List.of("debits", "credits", "both").contains(text)) {
      throw Values.invalid("/side", "debits, credits or both");
    }
    return ChangeAccount.Side.valueOf(text.toUpperCase(Locale.ROOT));
  }

  @POST
  @IntendsByItself
  @Path("/{ref}/unfreeze")
  @Operation(summary = "Open a frozen account again, whichever side was frozen")
  @RequestBodySchema(ReasonRequest.class)
  @Sensitive(ACCOUNT_CHANGE)
  public AccountView unfreeze(@PathParam("ref") String ref, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    return change(ref, new ChangeAccount.Unfreeze(), reason(body), new Asking(key, who));
  }

  @POST
  @IntendsByItself
  @Path("/{ref}/dormant")
  @Operation(summary = "Let an open account rest: credits only until it is reactivated")
  @RequestBodySchema(ReasonRequest.class)
  @Sensitive(ACCOUNT_CHANGE)
  public AccountView rest(@PathParam("ref") String ref, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    return change(ref, new ChangeAccount.Rest(), reason(body), new Asking(key, who));
  }

  @POST
  @IntendsByItself
  @Path("/{ref}/reactivate")
  @Operation(summary = "Open a dormant account again")
  @RequestBodySchema(ReasonRequest.class)
  @Sensitive(ACCOUNT_CHANGE)
  public AccountView reactivate(@PathParam("ref") String ref, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    return change(ref, new ChangeAccount.Reactivate(), reason(body), new Asking(key, who));
  }

  @POST
  @IntendsByItself
  @Path("/{ref}/close")
  @Operation(summary = "Close an account with a balance of zero and no open holds, for good")
  @RequestBodySchema(ReasonRequest.class)
  @Sensitive(ACCOUNT_CHANGE)
  public AccountView close(@PathParam("ref") String ref, InputStream body,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) throws IOException {
    return change(ref, new ChangeAccount.Close(), reason(body), new Asking(key, who));
  }

  @POST
  @IntendsByItself
  @Path("/{ref}/limit")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change how far below zero an account may go")
  @Sensitive(ACCOUNT_LIMIT)
  public AccountView limit(@PathParam("ref") String ref, LimitRequest request,
      @HeaderParam(IdempotencyKey.HEADER) String key, @Context SecurityContext who) {
    Account account = AccountNames.find(accounts, ref);
    var limit =
        new ChangeAccount.SetOverdraftLimit(Values.limit("/limit", request.limit(), account.asset()).amount());
    UUID id = new Asking(key, who).id();
    if (stepUp.asks(who, StepUpKind.LIMIT_CHANGE)) {
      stepUp.require(who, new LinkedOperation(StepUpKind.LIMIT_CHANGE, account.id().toString(), "overdraft limit",
          StepUpGate.text(new Money(limit.limit(), account.asset())), account.asset().code(), id.toString()));
    }
    return change(ref, limit, request.reason(), new Asking(id.toString(), who));
  }

  private static Optional<String> reason(InputStream body) throws IOException {
    return JsonBodyReader.readOptional(ReasonRequest.class, body).reason();
  }

  /** @param key null if the client gave none */
  private record Asking(String key, SecurityContext who) {

    UUID id() {
      return IdempotencyKey.idOf(key, name());
    }

    String name() {
      return who.getUserPrincipal().getName();
    }
  }

  private AccountView change(String ref, ChangeAccount.Change change, Optional<String> reason, Asking asking) {
    var asked = Values.build("/reason", () -> new Asked(asking.name(),
        reason.map(text -> Values.text("/reason", text, Asked.MAX_REASON)).orElse("")));
    Account account = AccountNames.find(accounts, ref);
    UUID id = AuditedRequest.current().intend("account-change", asking.id());
    AuditedRequest.current().about("account", account.id().toString());
    Outcome outcome = ledger.submit(new ChangeAccount(id, account.number(), change, Optional.of(asked)));
    if (outcome instanceof Outcome.Refused refused) {
      throw new ProblemException(Refusals.problemOf(refused.refusal()).with("account", account.id().toString()));
    }
    Account changed = ((AccountChanged) ((Outcome.Accepted) outcome).entries().get(0)).account();
    AuditedRequest.current().changed(stateOf(account), stateOf(changed));
    return AccountView.of(changed, accounts.balance(changed.number()));
  }

  /** What may change of an account, and nothing that is its holder's. */
  static String stateOf(Account account) {
    return "product=" + account.product().code() + " status=" + account.status()
        + account.overdraftLimit().map(limit -> " overdraftLimit=" + limit + " (minor units)").orElse("");
  }
}
