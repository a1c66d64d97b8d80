package ai.qenex.web.keys;

import ai.qenex.security.DataVault;
import ai.qenex.security.DataVault.DataKey;
import ai.qenex.security.Roles;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The data keys under which tenants' personal data is protected. */
@Path("/api/v1/data-keys")
@RequestScoped
@Tag(name = "keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMINISTRATOR)
public class DataKeysResource {

  @EJB private DataVault vault;

  /** @param state {@code active}, {@code former} or {@code shredded} */
  public record DataKeyView(String tenant, int epoch, String state, Instant madeAt, Optional<Instant> shreddedAt) {

    static DataKeyView of(DataKey key) {
      String state = key.shreddedAt().isPresent() ? "shredded" : key.active() ? "active" : "former";
      return new DataKeyView(key.tenant(), key.epoch(), state, key.madeAt(), key.shreddedAt());
    }
  }

  public record DataKeyList(List<DataKeyView> items) {}

  @GET
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
  @Operation(summary = "All data keys there ever were")
  public DataKeyList keys() {
    return new DataKeyList(vault.keys().stream().map(DataKeyView::of).toList());
  }

  @POST
  @Path("/{tenant}/rotate")
  @Operation(summary = "Protect a tenant's new personal data by a new key")
  public DataKeyView rotate(@PathParam("tenant") String tenant) {
    return vault.rotate(tenant).map(DataKeyView::of).orElseThrow(() -> new ProblemException(
        Problem.notFound("DATA_KEY_NOT_FOUND", "there is no tenant of that name with a data key")));
  }

  @POST
  @Path("/{tenant}/{epoch}/shred")
  @Operation(summary = "Erase a former data key for good: what is still under it can never be read again")
  public DataKeyView shred(@PathParam("tenant") String tenant, @PathParam("epoch") String epoch) {
    int number = (int) Math.min(Integer.MAX_VALUE, Values.number("epoch", epoch, 1, 1));
    return vault.shred(tenant, number).map(DataKeyView::of).orElseThrow(() -> new ProblemException(Problem.of(409,
        "DATA_KEY_STATE", "The data key is not shredded", "only a former data key that still opens can be shredded")));
  }
}
