package ai.qenex.web.ledger;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountHistory;
import ai.qenex.ledger.AccountHistory.Selection;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Reversals;
import ai.qenex.security.Roles;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.Values;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What moved an account, page by page. */
@Path("/api/v1/accounts/{ref}/transfers")
@RequestScoped
@Tag(name = "accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class AccountTransfersResource {

  @EJB private Accounts accounts;
  @EJB private AccountHistory history;
  @EJB private LedgerHistory hashes;
  @EJB private Reversals reversals;

  @GET
  @Operation(summary = "Transfers of an account, newest first unless order=oldest; from and to are instants of booking "
      + "or business dates, both included")
  public TransferPage transfers(@PathParam("ref") String ref, @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor, @BeanParam SpanParameters span) {
    int size = Values.pageLimit(limit);
    var selection = new Selection(span.span(), span.historyOrder());
    Account account = AccountNames.find(accounts, ref);
    var page = history.page(account.number(), selection, size, Optional.ofNullable(cursor).map(Values::cursor));
    Map<AccountNumber, UUID> ids = new HashMap<>(Map.of(account.number(), account.id()));
    Map<UUID, UUID> undone = reversals.of(page.items().stream().map(TransferPosted::id).toList());
    return new TransferPage(page.items().stream().map(transfer -> TransferView.of(transfer, hashes.hashOf(transfer),
        ids.computeIfAbsent(transfer.debit(), this::idOf), ids.computeIfAbsent(transfer.credit(), this::idOf))
        .reversedBy(undone)).toList(), page.next());
  }

  private UUID idOf(AccountNumber number) {
    return accounts.find(number).orElseThrow().id();
  }
}
