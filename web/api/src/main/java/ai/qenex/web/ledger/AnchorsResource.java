package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerAnchors;
import ai.qenex.ledger.LedgerAnchors.Anchor;
import ai.qenex.security.Roles;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Anchors of the log: heads signed once more, by a suite that rests on hashes alone. */
@Path("/api/v1/ledger/seal/anchors")
@RequestScoped
@Tag(name = "seal")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
public class AnchorsResource {

  @EJB private LedgerAnchors anchors;

  /**
   * @param headHash SHA-256 over what the head signs
   * @param text what is signed, in ASCII
   * @param publicKey as Base64
   * @param signature as Base64
   */
  public record AnchorView(long number, String treeRoot, String headHash, Instant madeAt, String suite, String keyId,
      int epoch, String text, String publicKey, String signature) {

    static AnchorView of(Anchor anchor) {
      Base64.Encoder base64 = Base64.getEncoder();
      return new AnchorView(anchor.number(), anchor.treeRoot(), anchor.headHash(), anchor.madeAt(), anchor.suite(),
          anchor.keyId(), anchor.epoch(), anchor.text(), base64.encodeToString(anchor.publicKey()),
          base64.encodeToString(anchor.signature()));
    }
  }

  public record AnchorList(List<AnchorView> items) {}

  @GET
  @Operation(summary = "The anchors, the latest first")
  public AnchorList list() {
    return new AnchorList(anchors.anchors().stream().map(AnchorView::of).toList());
  }

  @POST
  @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR})
  @Operation(summary = "Anchor the last head now; a head that has its anchor keeps it")
  public AnchorView anchor() {
    return anchors.anchor().map(AnchorView::of)
        .orElseThrow(() -> new ProblemException(Problem.notFound("HEAD_NOT_FOUND", "nothing is sealed yet")));
  }
}
