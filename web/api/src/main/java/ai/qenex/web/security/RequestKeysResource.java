package ai.qenex.web.security;

import static ai.qenex.security.Operation.RIGHTS_CHANGE;

import ai.qenex.security.RequestSignatures;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys that machine clients sign their requests with. */
@Path("/api/v1/request-keys")
@RequestScoped
@Tag(name = "security")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMINISTRATOR)
public class RequestKeysResource {

  private static final int LONGEST_CLIENT = 200;

  @EJB private RequestSignatures signatures;

  /**
   * @param client user name of the client's tokens
   * @param suite {@code Ed25519}, {@code ECDSA-P256} or {@code ML-DSA-65}
   * @param publicKey Base64 of the raw key: 32 bytes, 65 (uncompressed point) or 1,952
   */
  public record Registration(String client, String suite, String publicKey) {}

  /** A registered key. */
  public record KeyView(String keyId, String client, String suite, String publicKey, Instant registeredAt,
      Optional<Instant> revokedAt) {

    static KeyView of(RequestSignatures.Key key) {
      return new KeyView(key.keyId(), key.client(), key.suite(), Base64.getEncoder().encodeToString(key.publicKey()),
          key.registeredAt(), key.revokedAt());
    }
  }

  /** The keys of a client. */
  public record KeyList(List<KeyView> items) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Register the public key of a client that signs its requests")
  @APIResponseSchema(value = KeyView.class, responseCode = "201")
  @Sensitive(RIGHTS_CHANGE)
  public Response register(Registration wanted) {
    requireClient(wanted.client(), "/client");
    if (!RequestSignatures.SUITES.contains(wanted.suite())) {
      throw new ProblemException(Problem.invalid("/suite", "one of " + String.join(", ", RequestSignatures.SUITES)));
    }
    RequestSignatures.Key key = decoded(wanted.publicKey())
        .flatMap(raw -> signatures.register(wanted.client(), wanted.suite(), raw))
        .orElseThrow(() -> new ProblemException(Problem.invalid("/publicKey",
            "Base64 of a raw public key of that suite, which is no other client's")));
    return Response.status(Response.Status.CREATED).location(URI.create("/api/v1/request-keys/" + key.keyId()))
        .entity(KeyView.of(key)).build();
  }

  @GET
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
  @Operation(summary = "The keys of a client, newest first")
  public KeyList list(@QueryParam("client") String client) {
    requireClient(client, "client");
    return new KeyList(signatures.keysOf(client).stream().map(KeyView::of).toList());
  }

  @POST
  @Path("/{keyId}/revoke")
  @Operation(summary = "Revoke a key: from now on it verifies nothing")
  public KeyView revoke(@PathParam("keyId") String keyId) {
    return (keyId.matches("[0-9a-f]{32}") ? signatures.revoke(keyId) : Optional.<RequestSignatures.Key>empty())
        .map(KeyView::of)
        .orElseThrow(() -> new ProblemException(Problem.notFound("REQUEST_KEY_NOT_FOUND", "no key has that id")));
  }

  private static void requireClient(String client, String path) {
    boolean wrong = client == null || client.isBlank() || client.length() > LONGEST_CLIENT
        || client.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    if (wrong) {
      throw new ProblemException(Problem.invalid(path, "the user name of a client's tokens, 1 to 200 characters"));
    }
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return base64 == null ? Optional.empty() : Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
