package ai.qenex.web.audit;

import ai.qenex.kernel.Hash;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLog;
import ai.qenex.security.Roles;
import ai.qenex.security.AuditLine;
import ai.qenex.web.audit.AuditRecordView.AuditGrowthView;
import ai.qenex.web.audit.AuditRecordView.AuditHeadPage;
import ai.qenex.web.audit.AuditRecordView.AuditHeadView;
import ai.qenex.web.audit.AuditRecordView.AuditKeyList;
import ai.qenex.web.audit.AuditRecordView.AuditKeyView;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The signed heads over the audit log. */
@Path("/api/v1/audit/heads")
@RequestScoped
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AUDITOR)
public class AuditHeadsResource {

  private static final int HEADS_AT_ONCE = 100;

  @EJB private AuditLog log;

  @GET
  @Operation(summary = "Heads, oldest first, behind the number after")
  public AuditHeadPage heads(@QueryParam("after") String after, @QueryParam("limit") String limit) {
    int size = Values.pageLimit(limit);
    List<AuditHeadView> heads =
        log.heads(Values.number("after", after, 0, 0), size).stream().map(AuditHeadView::of).toList();
    return new AuditHeadPage(heads,
        heads.size() < size ? Optional.empty() : Optional.of(heads.get(heads.size() - 1).number()));
  }

  @GET
  @Path("/latest")
  @Operation(summary = "The latest head: who keeps it cannot be denied the log behind it")
  public AuditHeadView latest() {
    return log.latestHead().map(AuditHeadView::of).orElseThrow(() -> missing("nothing is signed yet"));
  }

  @GET
  @Path("/all")
  @Produces("application/x-ndjson")
  @Operation(summary = "All heads behind the number after, one per line, for the offline verifier")
  public StreamingOutput all(@QueryParam("after") String after) {
    long first = Values.number("after", after, 0, 0);
    AuditLog source = log;
    return out -> {
      for (long last = first; last >= 0;) {
        List<AuditHead> heads = source.heads(last, HEADS_AT_ONCE);
        for (AuditHead head : heads) {
          out.write((AuditLine.of(head) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        last = heads.isEmpty() ? -1 : heads.get(heads.size() - 1).number();
      }
    };
  }

  @GET
  @Path("/keys")
  @Operation(summary = "Every public key that ever signed a head")
  public AuditKeyList keys() {
    return new AuditKeyList(log.keys().stream()
        .map(key -> new AuditKeyView(key.keyId(), key.suite(), Base64.getEncoder().encodeToString(key.publicKey())))
        .toList());
  }

  @GET
  @Path("/consistency")
  @Operation(summary = "Prove that head from is a beginning of head to (RFC 9162, 2.1.4)")
  public AuditGrowthView consistency(@QueryParam("from") String from, @QueryParam("to") String to) {
    long last = Values.number("to", to, 1, 0);
    long first = Values.number("from", from, 1, 1);
    if (last == 0 || first > last) {
      throw Values.invalid(last == 0 ? "to" : "from", "the number of a head, from not behind to");
    }
    return log.consistency(first, last)
        .map(growth -> new AuditGrowthView(AuditHeadView.of(growth.from()), AuditHeadView.of(growth.to()),
            growth.path().stream().map(Hash::toString).toList()))
        .orElseThrow(() -> missing("one of these heads does not exist"));
  }

  private static ProblemException missing(String detail) {
    return new ProblemException(Problem.notFound("HEAD_NOT_FOUND", detail));
  }
}
