package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.PERIOD_CLOSE;

import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Periods;
import ai.qenex.ledger.Periods.Period;
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
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Accounting periods: nothing is booked or value-dated into a closed one. */
@Path("/api/v1/periods")
@RequestScoped
@Tag(name = "ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class PeriodsResource {

  @EJB private Periods periods;

  /** @param through the period's last date */
  public record ClosePeriodRequest(String through) {}

  /**
   * @param from first date; absent for the first period, which goes back to the beginning
   * @param through last date
   * @param seq the log entry that closed it
   */
  public record PeriodView(Optional<LocalDate> from, LocalDate through, long seq, Instant closedAt) {

    static PeriodView of(Period period) {
      return new PeriodView(period.from(), period.through(), period.seq(), period.closedAt());
    }
  }

  /** @param closedThrough the last date of all of them; absent while none is closed */
  public record PeriodList(List<PeriodView> items, Optional<LocalDate> closedThrough) {}

  @GET
  @Operation(summary = "The closed periods, in order")
  public PeriodList closed() {
    List<PeriodView> items = periods.closed().stream().map(PeriodView::of).toList();
    return new PeriodList(items,
        items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1).through()));
  }

  @POST
  @IntendsByItself
  @Path("/close")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Close the books up to and including a date, for good. All its business dates must be closed")
  @APIResponseSchema(value = PeriodView.class, responseCode = "201")
  @Sensitive(PERIOD_CLOSE)
  public Response close(ClosePeriodRequest request, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext who) {
    UUID id = AuditedRequest.current().intend("period-closing",
        IdempotencyKey.idOf(key, who.getUserPrincipal().getName()));
    LocalDate through = Values.date("/through", request.through());
    Outcome outcome = periods.close(id, through);
    if (outcome instanceof Outcome.Refused refused) {
      throw new ProblemException(Refusals.problemOf(refused.refusal()).with("id", id.toString()));
    }
    long seq = ((PeriodClosed) ((Outcome.Accepted) outcome).entries().get(0)).seq();
    PeriodView closed = periods.closed().stream().filter(period -> period.seq() == seq).map(PeriodView::of).findFirst()
        .orElseThrow();
    return Response.created(URI.create("/api/v1/periods")).entity(closed).build();
  }
}
