package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.BOOKS_CHANGE;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerCheck;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.RegisterAsset;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The books as a whole: are they right, what day is it, what is kept in them. */
@Path("/api/v1")
@RequestScoped
@Tag(name = "ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class BooksResource {

  @EJB private LedgerCheck check;
  @EJB private BusinessDays days;
  @EJB private Accounts accounts;
  @EJB private Ledger ledger;

  /**
   * @param current the day that transfers are booked into now
   * @param open all days that still take postings
   */
  public record BusinessDateView(LocalDate current, List<LocalDate> open) {}

  /** @param scale decimals of the minor unit */
  public record AssetView(String code, int scale) {}

  public record AssetList(List<AssetView> items) {}

  @GET
  @Path("/ledger/check")
  @Operation(summary = "Prove that the books are right")
  public LedgerCheckView check() {
    return LedgerCheckView.of(check.check());
  }

  @GET
  @Path("/business-date")
  @Operation(summary = "The bank's day")
  public BusinessDateView businessDate() {
    return new BusinessDateView(days.current().date(), days.open().stream().map(BusinessDate::date).toList());
  }

  @POST
  @IntendsByItself
  @Path("/assets")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Register an asset, for good")
  @APIResponseSchema(value = AssetView.class, responseCode = "201")
  @Sensitive(BOOKS_CHANGE)
  public Response register(AssetView request, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) {
    UUID id = AuditedRequest.current().intend("asset-registration",
        IdempotencyKey.idOf(key, security.getUserPrincipal().getName()));
    String code = Values.text("/code", request.code(), 12);
    Values.build("/code", () -> new Asset(code, 0));
    Asset asset = Values.build("/scale", () -> new Asset(code, request.scale()));
    if (ledger.submit(new RegisterAsset(id, asset)) instanceof Outcome.Refused refused) {
      throw new ProblemException(Refusals.problemOf(refused.refusal()).with("id", id.toString()));
    }
    return Response.status(Response.Status.CREATED).entity(new AssetView(asset.code(), asset.scale())).build();
  }

  @GET
  @Path("/assets")
  @Operation(summary = "What the bank keeps accounts in")
  public AssetList assets() {
    return new AssetList(accounts.assets().stream().map(asset -> new AssetView(asset.code(), asset.scale())).toList());
  }
}
