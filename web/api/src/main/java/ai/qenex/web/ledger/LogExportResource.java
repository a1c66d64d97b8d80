package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerSeal;
import ai.qenex.ledger.LedgerSeal.Line;
import ai.qenex.security.Roles;
import ai.qenex.web.input.Values;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The log for an auditor. It is read a piece at a time, the next when the client has taken the last, so an export of
 * any length needs no more memory than a short one.
 */
@Path("/api/v1/ledger/log")
@RequestScoped
@Tag(name = "seal")
public class LogExportResource {

  @EJB private LedgerSeal seal;

  @GET
  @Produces("application/x-ndjson")
  @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
  @Operation(summary = "Entries in their canonical form, one JSON object per line: seq, id, form (Base64), hash; "
      + "up to the last sealed entry unless to is given")
  public StreamingOutput export(@QueryParam("from") String from, @QueryParam("to") String to) {
    long first = Values.number("from", from, 1, 1);
    long last = to == null ? seal.sealedUpTo() : Values.number("to", to, 1, 1);
    if (to != null && last < first) {
      throw Values.invalid("to", "not before from");
    }
    LedgerSeal source = seal;
    return out -> write(source, first, last, out);
  }

  private static void write(LedgerSeal source, long from, long to, OutputStream out) throws IOException {
    var text = new StringBuilder();
    for (long next = from; next <= to;) {
      List<Line> lines = source.lines(next, to);
      if (lines.isEmpty()) {
        return;
      }
      text.setLength(0);
      for (Line line : lines) {
        text.append("{\"seq\":").append(line.seq()).append(",\"id\":\"").append(line.id()).append("\",\"form\":\"")
            .append(Base64.getEncoder().encodeToString(line.form())).append("\",\"hash\":\"").append(line.hash())
            .append("\"}\n");
      }
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      next = lines.get(lines.size() - 1).seq() + 1;
    }
  }
}
