package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerSeal;
import ai.qenex.ledger.LedgerSeal.Evidence;
import ai.qenex.ledger.LedgerSeal.NotSealedYet;
import ai.qenex.ledger.LedgerSeal.Proven;
import ai.qenex.security.Roles;
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
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a customer keeps, so that nobody can deny his transfer. */
@Path("/api/v1/transfers/{id}/proof")
@RequestScoped
@Tag(name = "seal")
@Produces(MediaType.APPLICATION_JSON)
public class TransferProofResource {

  @EJB private LedgerSeal seal;

  @GET
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
  @Operation(summary = "Prove that a transfer is in the log, under the head of its range or under another, later head")
  @APIResponse(responseCode = "409", description = "NOT_SEALED_YET: ask again in a moment")
  public ProofView proof(@PathParam("id") String text, @QueryParam("head") String head) {
    Optional<Long> number =
        Optional.ofNullable(head).map(given -> Values.number("head", given, 1, 1));
    if (!Values.isUuid(text)) {
      throw notFound();
    }
    Evidence evidence = seal.proofOf(UUID.fromString(text), number);
    if (evidence instanceof Proven proven) {
      return ProofView.of(proven);
    }
    if (evidence instanceof NotSealedYet open) {
      throw new ProblemException(Problem.of(409, "NOT_SEALED_YET", "No such head covers it yet",
          "the entry is in the log, but that head does not cover it").with("seq", open.seq())
          .with("sealedUpTo", open.sealed()));
    }
    throw notFound();
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.notFound("TRANSFER_NOT_FOUND", "no transfer has that id"));
  }
}
