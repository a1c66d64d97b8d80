package ai.qenex.web.security;

import ai.qenex.security.TokenIssuer;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What the development issuer can do (OpenID Connect Discovery 1.0 section 3, RFC 8414). One deviation: its name is a
 * URN and not the address it is found at, since it is the same bank whichever port it runs on.
 */
@Path("/.well-known/openid-configuration")
@RequestScoped
@PermitAll
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
public class DiscoveryResource {

  @EJB private TokenIssuer issuer;

  @GET
  @Operation(summary = "What the development issuer can do")
  public Configuration configuration(@Context UriInfo uri) {
    if (!issuer.serves()) {
      throw new NotFoundException();
    }
    String base = uri.getBaseUri().resolve("/oauth2/").toString();
    return new Configuration(DevelopmentTrust.ISSUER, base + "authorize", base + "token", base + "jwks",
        List.of("code"), List.of("authorization_code", "client_credentials"),
        List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"), List.of("ES256", "EdDSA"),
        List.of("S256"), List.of("public"), List.of("RS256"), List.of("openid"), true);
  }

  /** Members as the standard names them. */
  public record Configuration(
      String issuer,
      String authorization_endpoint,
      String token_endpoint,
      String jwks_uri,
      List<String> response_types_supported,
      List<String> grant_types_supported,
      List<String> token_endpoint_auth_methods_supported,
      List<String> token_endpoint_auth_signing_alg_values_supported,
      List<String> code_challenge_methods_supported,
      List<String> subject_types_supported,
      List<String> id_token_signing_alg_values_supported,
      List<String> scopes_supported,
      boolean authorization_response_iss_parameter_supported) {}
}
