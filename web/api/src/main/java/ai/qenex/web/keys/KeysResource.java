package ai.qenex.web.keys;

import static ai.qenex.security.Operation.KEY_CHANGE;

import ai.qenex.security.KeyCustody;
import ai.qenex.security.KeyCustody.KeyChange;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
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
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The life of the bank's keys. */
@Path("/api/v1/keys")
@RequestScoped
@Tag(name = "keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMINISTRATOR)
public class KeysResource {

  private static final int LONGEST_SUITE = 64;

  @EJB private KeyCustody custody;

  /** @param suite a signature suite to go on with; the configured one if absent */
  public record RotationRequest(Optional<String> suite) {}

  public record KeyList(List<KeyView> items) {}

  @GET
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
  @Operation(summary = "All keys there ever were, without their private parts")
  public KeyList keys() {
    return new KeyList(custody.keys().stream().map(KeyView::of).toList());
  }

  @POST
  @Path("/{purpose}/rotate")
  @Operation(summary = "Make a new active key for a purpose; the one before only verifies and opens from now on")
  @RequestBodySchema(RotationRequest.class)
  @Sensitive(KEY_CHANGE)
  public KeyView rotate(@PathParam("purpose") String purpose, InputStream body) throws IOException {
    Optional<String> suite = JsonBodyReader.readOptional(RotationRequest.class, body).suite();
    suite.ifPresent(name -> Values.text("/suite", name, LONGEST_SUITE));
    return answer(custody.rotate(purpose(purpose), suite));
  }

  @POST
  @Path("/{purpose}/{epoch}/retire")
  @Operation(summary = "Let a key that was rotated away count no more")
  @Sensitive(KEY_CHANGE)
  public KeyView retire(@PathParam("purpose") String purpose, @PathParam("epoch") String epoch) {
    return answer(custody.retire(purpose(purpose), epoch(epoch)));
  }

  @POST
  @Path("/{purpose}/{epoch}/destroy")
  @Operation(summary = "Erase the private part of a retired key for good: what it sealed can never be opened again")
  @Sensitive(KEY_CHANGE)
  public KeyView destroy(@PathParam("purpose") String purpose, @PathParam("epoch") String epoch) {
    return answer(custody.destroy(purpose(purpose), epoch(epoch)));
  }

  private static KeyPurpose purpose(String text) {
    return KeyPurpose.of(text)
        .orElseThrow(() -> new ProblemException(Problem.notFound("KEY_NOT_FOUND", "there is no such purpose of keys")));
  }

  private static int epoch(String text) {
    return (int) Math.min(Integer.MAX_VALUE, Values.number("epoch", text, 1, 1));
  }

  private static KeyView answer(KeyChange change) {
    if (change instanceof KeyChange.Changed changed) {
      return KeyView.of(changed.key());
    }
    KeyChange.Refused refused = (KeyChange.Refused) change;
    int status = switch (refused.clause()) {
      case KEY_NOT_FOUND -> 404;
      case SUITE_NOT_ALLOWED -> 422;
      case KEY_STATE, ROTATED_MEANWHILE -> 409;
    };
    throw new ProblemException(
        Problem.of(status, refused.clause().name(), "The key service refused", refused.detail()));
  }
}
