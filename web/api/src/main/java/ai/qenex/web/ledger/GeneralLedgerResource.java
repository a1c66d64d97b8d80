package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.BOOKS_CHANGE;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Books;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.GlAccount;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.Values;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The books by GL code: chart of accounts, trial balance, balances of the chart's lines. */
@Path("/api/v1")
@RequestScoped
@Tag(name = "general ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class GeneralLedgerResource {

  @EJB private Books books;
  @EJB private BusinessDays days;
  @Inject private TransferDesk desk;

  @GET
  @Path("/chart-of-accounts")
  @Operation(summary = "The chart of accounts")
  public ChartView.Chart chart() {
    return new ChartView.Chart(books.chart().stream().map(ChartView::of).toList());
  }

  @POST
  @Path("/chart-of-accounts")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Add a line to the chart of accounts")
  @APIResponseSchema(value = ChartView.class, responseCode = "201")
  @Sensitive(BOOKS_CHANGE)
  public Response add(ChartRequest request) {
    String code = request.code().orElseThrow(() -> Values.invalid("/code", "missing, or of the wrong type"));
    GlAccount line = request.line("/code", code);
    books.add(line);
    return Response.created(URI.create("/api/v1/chart-of-accounts/" + line.code() + "/balance"))
        .entity(ChartView.of(line)).build();
  }

  @POST
  @Path("/chart-of-accounts/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Change name, normal side and parent of a line of the chart of accounts")
  @Sensitive(BOOKS_CHANGE)
  public ChartView change(@PathParam("code") String code, ChartRequest request) {
    if (request.code().isPresent() && !request.code().get().equals(code)) {
      throw Values.invalid("/code", "a line keeps its code");
    }
    GlAccount line = request.line("code", code);
    books.change(line);
    return ChartView.of(line);
  }

  @GET
  @Path("/chart-of-accounts/{code}/balance")
  @Operation(summary = "The closing balance of a line with all lines below it, now or on a business date")
  public GlBalanceView balance(@PathParam("code") String code, @QueryParam("asset") String asset,
      @QueryParam("businessDate") String businessDate) {
    return GlBalanceView.of(books.balance(code, asset(asset), dateOf(businessDate)));
  }

  @GET
  @Path("/trial-balance")
  @Operation(summary = "Opening, debits, credits and closing per GL code, today or on a business date")
  public TrialBalanceView trialBalance(@QueryParam("businessDate") String businessDate,
      @QueryParam("asset") String asset) {
    Asset known = asset(asset);
    BusinessDate date = dateOf(businessDate).orElseGet(days::current);
    Map<String, GlAccount> chart =
        books.chart().stream().collect(Collectors.toMap(GlAccount::code, line -> line));
    return TrialBalanceView.of(books.trialBalance(date, known), chart);
  }

  private Asset asset(String code) {
    if (code == null) {
      throw Values.invalid("asset", "the code of an asset");
    }
    return desk.asset(Values.text("asset", code, 12));
  }

  private static Optional<BusinessDate> dateOf(String text) {
    return Optional.ofNullable(text).map(date -> Values.businessDate("businessDate", date));
  }
}
