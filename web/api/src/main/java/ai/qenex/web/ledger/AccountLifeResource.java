package ai.qenex.web.ledger;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.Outcome;
import ai.qenex.security.Roles;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Moving an account on in its life. None of these takes a body. */
@Path("/api/v1/accounts")
@RequestScoped
@Tag(name = "accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OPERATOR)
public class AccountLifeResource {

  @EJB private Ledger ledger;
  @EJB private Accounts accounts;

  @POST
  @Path("/{ref}/freeze")
  @Operation(summary = "Freeze an open account: neither debits nor credits")
  public AccountView freeze(@PathParam("ref") String ref, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext who) {
    return change(ref, IdempotencyKey.idOf(key, who.getUserPrincipal().getName()), new ChangeAccount.Freeze());
  }

  @POST
  @Path("/{ref}/unfreeze")
  @Operation(summary = "Open a frozen account again")
  public AccountView unfreeze(@PathParam("ref") String ref, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext who) {
    return change(ref, IdempotencyKey.idOf(key, who.getUserPrincipal().getName()), new ChangeAccount.Unfreeze());
  }

  @POST
  @Path("/{ref}/close")
  @Operation(summary = "Close an open account with a balance of zero, for good")
  public AccountView close(@PathParam("ref") String ref, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext who) {
    return change(ref, IdempotencyKey.idOf(key, who.getUserPrincipal().getName()), new ChangeAccount.Close());
  }

  private AccountView change(String ref, UUID id, ChangeAccount.Change change) {
    Account account = AccountNames.find(accounts, ref);
    Outcome outcome = ledger.submit(new ChangeAccount(id, account.number(), change));
    if (outcome instanceof Outcome.Refused refused) {
      throw new ProblemException(Refusals.problemOf(refused.refusal()).with("account", account.id().toString()));
    }
    Account changed = ((AccountChanged) ((Outcome.Accepted) outcome).entries().get(0)).account();
    return AccountView.of(changed, accounts.balance(changed.number()));
  }
}
