package ai.qenex.web.audit;

import ai.qenex.kernel.Hash;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditLog;
import ai.qenex.security.AuditLog.Search;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.Roles;
import ai.qenex.security.AuditLine;
import ai.qenex.web.audit.AuditRecordView.AuditCheckView;
import ai.qenex.web.audit.AuditRecordView.AuditPage;
import ai.qenex.web.audit.AuditRecordView.AuditProofView;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log for auditors: searching, exporting, proving. That somebody reads it is recorded too. */
@Path("/api/v1/audit")
@RequestScoped
@Tag(name = "audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AUDITOR)
public class AuditResource {

  private static final int LONGEST = 200;

  @EJB private AuditLog log;
  @EJB private AuditTrail trail;
  @Context private UriInfo uri;

  @GET
  @Operation(summary = "Records, newest first, by from, to, actor, kind, action, subject, outcome, correlation")
  public AuditPage find(@QueryParam("from") String from, @QueryParam("to") String to,
      @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
    int size = Values.pageLimit(limit);
    var search = new Search(optional(from).map(text -> Values.instant("from", text)),
        optional(to).map(text -> Values.instant("to", text)), parameter("actor"),
        parameter("kind").map(code -> AuditKind.ofCode(code).orElseThrow(() -> none("kind", AuditKind.values()))),
        parameter("action"), parameter("subject"),
        parameter("outcome")
            .map(code -> AuditOutcome.ofCode(code).orElseThrow(() -> none("outcome", AuditOutcome.values()))),
        parameter("correlation"));
    AuditLog.Page page = log.find(search, Values.number("cursor", cursor, 1, Long.MAX_VALUE), size);
    wasRead("search", page.records().size() + " records");
    return new AuditPage(page.records().stream().map(AuditRecordView::of).toList(),
        page.below() == 0 ? Optional.empty() : Optional.of(Long.toString(page.below())));
  }

  private Optional<String> parameter(String name) {
    MultivaluedMap<String, String> given = uri.getQueryParameters();
    return optional(given.getFirst(name)).map(text -> Values.text(name, text, LONGEST));
  }

  private static Optional<String> optional(String text) {
    return Optional.ofNullable(text);
  }

  private static ProblemException none(String name, Enum<?>[] known) {
    return Values.invalid(name, "one of " + List.of(known));
  }

  @GET
  @Path("/export")
  @Produces("application/x-ndjson")
  @Operation(summary = "Records from number from to number to (the newest), one per line, for the offline verifier")
  public StreamingOutput export(@QueryParam("from") String from, @QueryParam("to") String to) {
    long first = Values.number("from", from, 1, 1);
    long last = to == null ? log.size() : Values.number("to", to, 1, 1);
    if (to != null && last < first) {
      throw Values.invalid("to", "not before from");
    }
    wasRead("export", first + ".." + last);
    AuditLog source = log;
    return out -> {
      for (long next = first; next <= last;) {
        List<AuditRecord> records = source.records(next, last);
        if (records.isEmpty()) {
          return;
        }
        var text = new StringBuilder();
        records.forEach(record -> text.append(AuditLine.of(record)).append('\n'));
        out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        next = records.get(records.size() - 1).seq() + 1;
      }
    };
  }

  @GET
  @Path("/{seq}/proof")
  @Operation(summary = "Prove that a record is in the log, under the latest head or under head number head")
  public AuditProofView proof(@PathParam("seq") String seq, @QueryParam("head") String head) {
    if (!seq.matches("[1-9][0-9]{0,17}")) {
      throw missing();
    }
    Optional<Long> number = optional(head).map(text -> Values.number("head", text, 1, 1));
    return log.inclusion(Long.parseLong(seq), number)
        .map(proof -> new AuditProofView(AuditRecordView.of(proof.record()),
            AuditRecordView.AuditHeadView.of(proof.head()), proof.path().stream().map(Hash::toString).toList()))
        .orElseThrow(AuditResource::missing);
  }

  private static ProblemException missing() {
    return new ProblemException(
        Problem.notFound("AUDIT_RECORD_NOT_FOUND", "no record has that number, or that head does not cover it yet"));
  }

  @GET
  @Path("/check")
  @Operation(summary = "Compare the stored log with its heads: the newest records and the next stretch of the others")
  public AuditCheckView check() {
    AuditLog.Report report = log.check();
    return new AuditCheckView(report.violations().isEmpty(), report.records(), report.signed(), report.head(),
        report.checkedFrom(), report.checkedTo(), report.violations());
  }

  private void wasRead(String how, String howMuch) {
    trail.note(AuditEvent.of(AuditKind.READING, how, new AuditSubject("audit", ""), AuditOutcome.SUCCEEDED)
        .changing("", howMuch));
  }
}
