package ai.qenex.web.health;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code /health/live} and {@code /health/ready} on the bank's own origin, in MicroProfile Health's shape, from this
 * war's {@link HealthCheck} beans: the server's own endpoint does not see the checks of an EAR.
 */
@Path("/health")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

  @Inject
  @Any
  @Liveness private Instance<HealthCheck> liveness;
  @Inject
  @Any
  @Readiness private Instance<HealthCheck> readiness;

  @GET
  @Path("/live")
  public Response live() {
    return answer(liveness);
  }

  @GET
  @Path("/ready")
  public Response ready() {
    return answer(readiness);
  }

  private static Response answer(Iterable<HealthCheck> checks) {
    JsonArrayBuilder told = Json.createArrayBuilder();
    boolean up = true;
    for (HealthCheck check : checks) {
      HealthCheckResponse result = check.call();
      up &= result.getStatus() == HealthCheckResponse.Status.UP;
      JsonObjectBuilder one =
          Json.createObjectBuilder().add("name", result.getName()).add("status", result.getStatus().name());
      result.getData().ifPresent(data -> {
        JsonObjectBuilder figures = Json.createObjectBuilder();
        data.forEach((name, value) -> figures.add(name, String.valueOf(value)));
        one.add("data", figures);
      });
      told.add(one);
    }
    String json = Json.createObjectBuilder().add("status", up ? "UP" : "DOWN").add("checks", told).build().toString();
    return Response.status(up ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .header("Cache-Control", "no-store").entity(json)
        .build();
  }
}
