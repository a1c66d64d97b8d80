package ai.qenex.web.identity;

import static ai.qenex.security.Operation.KEY_CHANGE;
import static ai.qenex.security.Operation.RIGHTS_CHANGE;

import ai.qenex.security.Identities;
import ai.qenex.security.Identities.Client;
import ai.qenex.security.Identities.Credential;
import ai.qenex.security.Roles;
import ai.qenex.security.TokenIssuer;
import ai.qenex.web.approval.RightsGate;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The clients of the embedded issuer, and its signing key. */
@Path("/api/v1")
@RequestScoped
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMINISTRATOR)
public class ClientsResource {

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  @EJB private Identities identities;
  @Inject private RightsGate rights;
  @EJB private TokenIssuer issuer;

  /**
   * @param credential {@code secret} (drawn here, told once), {@code key} (with {@code jwk}) or {@code none}
   */
  public record NewClient(String id, Optional<List<String>> roles, Optional<List<String>> redirectUris,
      Optional<Map<String, String>> attributes, String credential, Optional<JsonNode> jwk) {}

  /** What is absent stays as it is. */
  public record Change(Optional<List<String>> roles, Optional<List<String>> redirectUris,
      Optional<Map<String, String>> attributes, Optional<Boolean> enabled) {}

  /** See {@link NewClient}. */
  public record NewCredential(String credential, Optional<JsonNode> jwk) {}

  /** @param secret is told this once */
  public record Made(Client client, Optional<String> secret) {

    /** Never the secret. */
    @Override
    public String toString() {
      return "Made " + client.id();
    }
  }

  /** All of them, by id; the first thousand. */
  public record Clients(List<Client> items) {}

  @GET
  @Path("/clients")
  @Operation(summary = "The clients of the embedded issuer")
  public Clients list() {
    return new Clients(identities.clients());
  }

  @GET
  @Path("/clients/{id}")
  @Operation(summary = "A client")
  public Client find(@PathParam("id") String id) {
    return identities.client(id).orElseThrow(IdentityProblems::notFound);
  }

  @POST
  @Path("/clients")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Make a client; a secret is told this once")
  public Response add(NewClient request, @Context SecurityContext who) throws JsonProcessingException {
    var client = new Client(request.id(), request.roles().orElse(List.of()), request.redirectUris().orElse(List.of()),
        request.attributes().orElse(Map.of()), true);
    Credential credential = credential(request.credential(), request.jwk());
    rights.requireNoApprover(client.roles());
    IdentityProblems.raise(identities.addClient(name(who), client, credential));
    return Response.created(URI.create("/api/v1/clients/" + client.id())).entity(new Made(client, credential.secret()))
        .build();
  }

  @POST
  @Path("/clients/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change a client's roles, places and attributes, or disable it")
  @Sensitive(RIGHTS_CHANGE)
  public Client change(@PathParam("id") String id, Change change, @Context SecurityContext who) {
    Client before = find(id);
    var after = new Client(id, change.roles().orElse(before.roles()),
        change.redirectUris().orElse(before.redirectUris()), change.attributes().orElse(before.attributes()),
        change.enabled().orElse(before.enabled()));
    IdentityProblems.raise(identities.changeClient(name(who), after));
    return after;
  }

  @POST
  @Path("/clients/{id}/credential")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Give a client another secret or key in the place of what it has")
  public Made renew(@PathParam("id") String id, NewCredential request, @Context SecurityContext who)
      throws JsonProcessingException {
    Credential credential = credential(request.credential(), request.jwk());
    rights.requireNoApprover(find(id).roles());
    IdentityProblems.raise(identities.renewCredential(name(who), id, credential));
    return new Made(find(id), credential.secret());
  }

  @POST
  @Path("/issuer/keys")
  @Operation(summary = "Sign tokens with a new key from now on")
  @Sensitive(KEY_CHANGE)
  public Response rotateKey(@Context SecurityContext who) {
    issuer.rotateKey(name(who));
    return Response.noContent().build();
  }

  private static Credential credential(String kind, Optional<JsonNode> jwk) throws JsonProcessingException {
    boolean key = kind.equals("key");
    if (key != jwk.isPresent() || !key && !kind.equals("secret") && !kind.equals("none")) {
      throw Values.invalid("/credential", "secret, none, or key with a member jwk");
    }
    if (key) {
      return new Credential(Optional.empty(), Optional.of(StrictJson.objects().writeValueAsString(jwk.get())));
    }
    return new Credential(kind.equals("secret") ? Optional.of(newSecret()) : Optional.empty(), Optional.empty());
  }

  private static String newSecret() {
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String name(SecurityContext who) {
    return who.getUserPrincipal().getName();
  }
}
