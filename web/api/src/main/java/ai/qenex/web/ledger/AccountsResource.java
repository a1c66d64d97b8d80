package ai.qenex.web.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Asked;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Product;
import ai.qenex.security.Roles;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Opening accounts and reading them. {@code ref} is an id, alias, IBAN or {@code 0x} address. */
@Path("/api/v1/accounts")
@RequestScoped
@Tag(name = "accounts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class AccountsResource {

  @EJB private Ledger ledger;
  @EJB private Accounts accounts;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR})
  @Operation(summary = "Open an account")
  @APIResponseSchema(value = AccountView.class, responseCode = "201")
  public Response open(OpenAccountRequest request, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) {
    Product product = Product.ofCode(request.product())
        .orElseThrow(() -> Values.invalid("/product", "current, savings or internal"));
    if (product == Product.INTERNAL && !security.isUserInRole(Roles.OPERATOR)) {
      throw new ProblemException(
          Problem.of(403, "FORBIDDEN", "Not with your roles", "internal accounts are opened by operators"));
    }
    UUID id = AuditedRequest.current().intend("account-opening",
        IdempotencyKey.idOf(key, security.getUserPrincipal().getName()));
    OpenAccount instruction =
        instruction(id, request, product, new Asked(security.getUserPrincipal().getName(), ""));
    Outcome outcome = ledger.submit(instruction);
    if (outcome instanceof Outcome.Refused refused) {
      throw new ProblemException(Refusals.problemOf(refused.refusal()).with("id", id.toString()));
    }
    Account account = ((AccountOpened) ((Outcome.Accepted) outcome).entries().get(0)).account();
    AuditedRequest.current().about("account", account.id().toString()).changed("",
        AccountLifeResource.stateOf(account));
    return Response.created(URI.create("/api/v1/accounts/" + account.id()))
        .entity(AccountView.of(account, accounts.balance(account.number()))).build();
  }

  private OpenAccount instruction(UUID id, OpenAccountRequest request, Product product, Asked asked) {
    String owner = Values.text("/owner", request.owner(), OpenAccount.MAX_OWNER);
    request.alias().ifPresent(alias -> {
      if (!(AccountRef.parse(alias).orElse(null) instanceof AccountRef.ByAlias)) {
        throw Values.invalid("/alias",
            "1 to 64 letters, digits and . : _ -, a letter first, and neither an id nor an IBAN");
      }
    });
    Optional<Asset> asset = accounts.asset(request.asset());
    // an unknown asset is the ledger's refusal, whatever the limit says
    Optional<Amount> limit = asset.flatMap(known -> request.overdraftLimit()
        .map(text -> Values.limit("/overdraftLimit", text, known).amount()));
    return Values.build("/asset",
        () -> new OpenAccount(id, asset.map(Asset::code).orElse(unknown(request.asset())), owner, product,
            request.alias(), limit, Optional.of(asked)));
  }

  /** A code that is none may hold what no store can keep. */
  private static String unknown(String code) {
    return Values.text("/asset", code, 12);
  }

  @GET
  @Path("/{ref}")
  @Operation(summary = "Read an account and its balance")
  public AccountView find(@PathParam("ref") String ref) {
    Account account = AccountNames.find(accounts, ref);
    return AccountView.of(account, accounts.balance(account.number()));
  }

  @GET
  @Path("/{ref}/balance")
  @Operation(summary = "The balance now, as booked at an instant, or over all transfers up to a value date")
  public BalanceView balance(@PathParam("ref") String ref, @QueryParam("at") String at,
      @QueryParam("valueDate") String valueDate) {
    if (at != null && valueDate != null) {
      throw Values.invalid("at", "ask for a booking time or a value date, not for both");
    }
    Account account = AccountNames.find(accounts, ref);
    if (at != null) {
      Instant instant = Values.instant("at", at);
      return BalanceView.of(account, accounts.balanceAt(account.number(), instant), Optional.of(instant),
          Optional.empty());
    }
    if (valueDate != null) {
      LocalDate date = Values.date("valueDate", valueDate);
      return BalanceView.of(account, accounts.balanceAtValueDate(account.number(), date), Optional.empty(),
          Optional.of(date));
    }
    return BalanceView.of(account, accounts.balance(account.number()), Optional.empty(), Optional.empty());
  }
}
