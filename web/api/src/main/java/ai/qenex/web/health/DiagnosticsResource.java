package ai.qenex.web.health;

import ai.qenex.security.Profile;
import ai.qenex.security.Roles;
import ai.qenex.web.json.BoundedBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The yardstick of the REST layer: an authenticated request that does nothing. Only under the development profile. */
@Path("/api/v1/diagnostics")
@ApplicationScoped
@Tag(name = "diagnostics")
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class DiagnosticsResource {

  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

  @Inject
  @ConfigProperty(name = "qenex.profile", defaultValue = "development") private String profile;

  @POST
  @Path("/nothing")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Read a body, throw it away and answer {}; development profile only")
  public byte[] nothing(InputStream body) throws IOException {
    if (Profile.of(profile) != Profile.DEVELOPMENT) {
      throw new NotFoundException();
    }
    new BoundedBody(body, BoundedBody.MAX_OBJECT_BYTES).transferTo(OutputStream.nullOutputStream());
    return NOTHING;
  }
}
