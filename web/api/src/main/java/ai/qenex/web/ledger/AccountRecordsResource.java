package ai.qenex.web.ledger;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountChanges;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Holds;
import ai.qenex.security.Roles;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.Values;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was reserved on an account, and how it became what it is. */
@Path("/api/v1/accounts")
@RequestScoped
@Tag(name = "accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class AccountRecordsResource {

  @EJB private Accounts accounts;
  @EJB private Holds holds;
  @EJB private AccountChanges changes;
  @Inject private InstructionDesk desk;

  @GET
  @Path("/{ref}/holds")
  @Operation(summary = "Holds of an account, open and ended, newest first")
  public HoldPage holds(@PathParam("ref") String ref, @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    int size = Values.pageLimit(limit);
    Account account = AccountNames.find(accounts, ref);
    var page = holds.of(account.number(), size, Optional.ofNullable(cursor).map(Values::cursor));
    return new HoldPage(page.items().stream().map(life -> HoldView.of(life, desk::idOf)).toList(), page.next());
  }

  @GET
  @Path("/{ref}/changes")
  @Operation(summary = "The opening of an account and its changes, who asked for them and why, newest first")
  public AccountChangePage changes(@PathParam("ref") String ref, @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    int size = Values.pageLimit(limit);
    Account account = AccountNames.find(accounts, ref);
    var page = changes.of(account.number(), size, Optional.ofNullable(cursor).map(Values::cursor));
    return new AccountChangePage(page.items().stream().map(AccountChangeView::of).toList(), page.next());
  }
}
