package ai.qenex.web.security;

import ai.qenex.security.TokenAnswer;
import ai.qenex.security.TokenClause;
import ai.qenex.security.TokenIssuer;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The development issuer (RFC 6749 section 4.4). Its errors have OAuth's own shape (section 5.2). */
@Path("/oauth2")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

  @EJB private TokenIssuer issuer;

  @POST
  @Path("/token")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response token(@FormParam("grant_type") String grantType, @FormParam("client_id") String clientId,
      @FormParam("client_secret") String clientSecret) {
    if (grantType == null || clientId == null || clientSecret == null) {
      return error(Response.Status.BAD_REQUEST, "invalid_request");
    }
    if (!grantType.equals("client_credentials")) {
      return error(Response.Status.BAD_REQUEST, "unsupported_grant_type");
    }
    TokenAnswer answer = issuer.issue(clientId, clientSecret);
    if (answer instanceof TokenAnswer.Issued issued) {
      return uncached(
          Response.ok(Json.createObjectBuilder().add("access_token", issued.token()).add("token_type", "Bearer")
              .add("expires_in", issued.expiresInSeconds()).build().toString()));
    }
    return refusal(((TokenAnswer.Refused) answer).clause());
  }

  /** The keys that verify the tokens (RFC 7517). */
  @GET
  @Path("/jwks")
  public Response keys() {
    if (!issuer.serves()) {
      throw new NotFoundException();
    }
    return Response.ok(issuer.jwks()).build();
  }

  private static Response refusal(TokenClause clause) {
    return switch (clause) {
      case INVALID_CLIENT -> error(Response.Status.UNAUTHORIZED, "invalid_client");
      case ISSUER_DISABLED -> throw new NotFoundException();
    };
  }

  private static Response error(Response.Status status, String error) {
    return uncached(Response.status(status).entity(Json.createObjectBuilder().add("error", error).build().toString()));
  }

  private static Response uncached(Response.ResponseBuilder response) {
    return response.header("Cache-Control", "no-store").build();
  }
}
