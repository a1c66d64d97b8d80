package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.ARCHIVE_DETACH;

import ai.qenex.ledger.LedgerArchives;
import ai.qenex.ledger.LedgerArchives.Archive;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.Values;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Old ranges of the log as files that prove themselves. */
@Path("/api/v1/ledger/archives")
@RequestScoped
@Tag(name = "seal")
@Produces(MediaType.APPLICATION_JSON)
public class ArchivesResource {

  @EJB private LedgerArchives archives;

  /** @param upTo the last entry that may be archived */
  public record ArchiveRequest(long upTo) {}

  public record ArchiveList(List<Archive> items) {}

  @GET
  @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
  @Operation(summary = "The archives there are")
  public ArchiveList list() {
    return new ArchiveList(archives.list());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Write an archive of every sealed range of the log that ends at upTo at the latest and has none")
  public ArchiveList archive(ArchiveRequest request) {
    if (request.upTo() < 1) {
      throw Values.invalid("/upTo", "the number of an entry");
    }
    return new ArchiveList(archives.archive(request.upTo()));
  }

  @POST
  @Path("/{first}/detach")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Take the range that begins with an entry out of the database: its archive answers for it")
  @Sensitive(ARCHIVE_DETACH)
  public Archive detach(@PathParam("first") long first) {
    return archives.detach(first);
  }

  @POST
  @Path("/{first}/attach")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Take the range that begins with an entry back into the database, out of its verified archive")
  @Sensitive(ARCHIVE_DETACH)
  public Archive attach(@PathParam("first") long first) {
    return archives.attach(first);
  }
}
