package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerSeal;
import ai.qenex.ledger.LedgerSeal.Head;
import ai.qenex.security.Roles;
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

/** The signed heads over the log. */
@Path("/api/v1/ledger/seal")
@RequestScoped
@Tag(name = "seal")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class SealResource {

  private static final int HEADS_AT_ONCE = 100;

  @EJB private LedgerSeal seal;

  /** @param next number to ask for behind; absent on the last page */
  public record HeadPage(List<HeadView> items, Optional<Long> next) {}

  /** @param publicKey in the suite's encoding, as Base64 */
  public record KeyView(String keyId, String suite, String publicKey) {}

  public record KeyList(List<KeyView> items) {}

  /** @param path hashes that show that the tree of {@code from} is the beginning of that of {@code to} */
  public record GrowthView(HeadView from, HeadView to, List<String> path) {}

  @GET
  @Path("/head")
  @Operation(summary = "The latest head")
  public HeadView head() {
    return HeadView.of(seal.latest().orElseThrow(() -> missing("nothing is sealed yet")));
  }

  @GET
  @Path("/heads")
  @Operation(summary = "Heads, oldest first, behind the number after")
  public HeadPage heads(@QueryParam("after") String after, @QueryParam("limit") String limit) {
    int size = Values.pageLimit(limit);
    List<HeadView> heads =
        seal.heads(Values.number("after", after, 0, 0), size).stream().map(HeadView::of).toList();
    return new HeadPage(heads,
        heads.size() < size ? Optional.empty() : Optional.of(heads.get(heads.size() - 1).number()));
  }

  @GET
  @Path("/heads/all")
  @Produces("application/x-ndjson")
  @Operation(summary = "All heads behind the number after, one JSON object per line, for the offline verifier")
  public StreamingOutput allHeads(@QueryParam("after") String after) {
    long first = Values.number("after", after, 0, 0);
    LedgerSeal source = seal;
    return out -> {
      for (long last = first; last >= 0;) {
        List<Head> heads = source.heads(last, HEADS_AT_ONCE);
        for (Head head : heads) {
          out.write(HeadView.of(head).line().getBytes(StandardCharsets.US_ASCII));
        }
        last = heads.isEmpty() ? -1 : heads.get(heads.size() - 1).number();
      }
    };
  }

  @GET
  @Path("/keys")
  @Operation(summary = "Every public key that ever signed a head")
  public KeyList keys() {
    return new KeyList(seal.keys().stream()
        .map(key -> new KeyView(key.keyId(), key.suite(), Base64.getEncoder().encodeToString(key.publicKey())))
        .toList());
  }

  @GET
  @Path("/consistency")
  @Operation(summary = "Prove that head from is a beginning of head to (RFC 9162, 2.1.4)")
  public GrowthView consistency(@QueryParam("from") String from, @QueryParam("to") String to) {
    long last = Values.number("to", to, 1, 0);
    if (last == 0) {
      throw Values.invalid("to", "the number of a head");
    }
    long first = Values.number("from", from, 1, 1);
    if (first > last) {
      throw Values.invalid("from", "not behind to");
    }
    return seal.consistency(first, last)
        .map(growth -> new GrowthView(HeadView.of(growth.from()), HeadView.of(growth.to()), growth.path()))
        .orElseThrow(() -> missing("one of these heads does not exist"));
  }

  private static ProblemException missing(String detail) {
    return new ProblemException(Problem.notFound("HEAD_NOT_FOUND", detail));
  }
}
