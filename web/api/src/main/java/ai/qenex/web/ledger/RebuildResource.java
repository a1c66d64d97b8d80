package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerRebuild;
import ai.qenex.ledger.LedgerRebuild.Progress;
import ai.qenex.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Building everything that is kept beside the log anew from it, while the bank works on. */
@Path("/api/v1/ledger/rebuild")
@RequestScoped
@Tag(name = "ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class RebuildResource {

  private static final int HUNDRED = 100;

  @EJB private LedgerRebuild rebuild;

  /**
   * @param state none, wanted, running, done or failed
   * @param seq built up to this entry of the log
   * @param percent of the log as it is now, whole percents
   * @param message why it failed the last time, if it did
   */
  public record RebuildView(String state, long seq, long lastSeq, int percent, Optional<Instant> startedAt,
      Optional<Instant> finishedAt, Optional<String> message) {

    static RebuildView of(Progress progress) {
      int percent = progress.lastSeq() == 0 ? HUNDRED : (int) (HUNDRED * progress.seq() / progress.lastSeq());
      return new RebuildView(progress.state().name().toLowerCase(Locale.ROOT), progress.seq(), progress.lastSeq(),
          percent, progress.startedAt(), progress.finishedAt(), progress.message());
    }
  }

  @POST
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Build account rows, posting lists, business days and sums anew from the log. "
      + "One that is wanted or running is not begun anew")
  @APIResponseSchema(value = RebuildView.class, responseCode = "202")
  public Response request() {
    return Response.accepted(RebuildView.of(rebuild.request())).build();
  }

  @GET
  @Operation(summary = "How far the last rebuild is")
  public RebuildView progress() {
    return RebuildView.of(rebuild.progress());
  }
}
