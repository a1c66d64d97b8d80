package ai.qenex.web.ledger;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountHistory;
import ai.qenex.ledger.AccountHistory.Extract;
import ai.qenex.ledger.AccountHistory.Piece;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.security.Roles;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.ledger.ExportLines.Moved;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * An account's transfers of any span as one stream. It is as of the entry of the log that its first line names. It is
 * read piece by piece as fast as the client takes it, and neither memory nor a connection of the database waits for one
 * that is slow. What has no closing line is not complete.
 */
@Path("/api/v1/accounts/{ref}/export")
@RequestScoped
@Tag(name = "accounts")
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class AccountExportResource {

  @EJB private Accounts accounts;
  @EJB private AccountHistory history;
  @EJB private LedgerHistory hashes;

  @GET
  @Produces(ExportLines.NDJSON)
  @Operation(summary = "An account's transfers in log order between an opening and a closing balance, one JSON object "
      + "per line; from and to are instants of booking or business dates, both included")
  public Response lines(@PathParam("ref") String ref, @BeanParam SpanParameters span) {
    return export(ref, span, ExportLines.Form.NDJSON);
  }

  @GET
  @Produces(ExportLines.CSV)
  @Operation(summary = "The same as comma-separated values (RFC 4180)")
  public Response table(@PathParam("ref") String ref, @BeanParam SpanParameters span) {
    return export(ref, span, ExportLines.Form.CSV);
  }

  private Response export(String ref, SpanParameters parameters, ExportLines.Form form) {
    Account account = AccountNames.find(accounts, ref);
    Extract extract = history.begin(account, parameters.span());
    return Response.ok((StreamingOutput) out -> write(account, extract, form.to(out)), form.mediaType()).build();
  }

  private void write(Account account, Extract extract, ExportLines lines) throws IOException {
    lines.opening(account, extract);
    Money balance = extract.opening();
    long count = 0;
    for (Optional<Extract> rest = Optional.of(extract); rest.isPresent();) {
      Piece piece = history.read(rest.get());
      Map<AccountNumber, UUID> ids = new HashMap<>();
      for (TransferPosted transfer : piece.transfers()) {
        boolean pays = transfer.debit().equals(account.number());
        balance = pays ? balance.minus(transfer.amount()) : balance.plus(transfer.amount());
        UUID other = ids.computeIfAbsent(pays ? transfer.credit() : transfer.debit(), this::idOf);
        lines.transfer(new Moved(transfer, hashes.hashOf(transfer), pays, other, balance));
        count++;
      }
      rest = piece.rest();
    }
    if (!balance.equals(extract.closing())) {
      // the stream breaks off without its closing line: better none than a wrong one
      throw new IOException("the export of account " + account.id() + " ends at " + balance + ", not at "
          + extract.closing());
    }
    lines.closing(count, balance);
  }

  private UUID idOf(AccountNumber number) {
    return accounts.find(number).orElseThrow().id();
  }
}
