package ai.qenex.web.security;

import ai.qenex.security.Login;
import ai.qenex.security.ProofsOfPossession;
import ai.qenex.security.TokenAnswer;
import ai.qenex.security.TokenClause;
import ai.qenex.security.TokenIssuer;
import ai.qenex.web.trail.AuditedRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The development issuer's tokens (RFC 6749 section 4). Its errors have OAuth's own shape (section 5.2). */
@Path("/oauth2")
@RequestScoped
@PermitAll
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

  static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String BASIC = "Basic ";
  private static final int LONGEST_BASIC = 1_000;

  @EJB private TokenIssuer issuer;
  @EJB private ProofsOfPossession proofs;

  @POST
  @Path("/token")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(summary = "A token for a client, or for the person who logged in (development only)")
  public Response token(MultivaluedMap<String, String> form, @HeaderParam(HttpHeaders.AUTHORIZATION) String header,
      @Context HttpServletRequest request) {
    if (form.values().stream().anyMatch(values -> values.size() > 1)) {
      return error(Response.Status.BAD_REQUEST, "invalid_request");
    }
    String grantType = form.getFirst("grant_type");
    AuditedRequest.current().about("client",
        Optional.ofNullable(form.getFirst("client_id")).filter(TokenResource::isName)
            .orElse(""));
    if (grantType == null) {
      return error(Response.Status.BAD_REQUEST, "invalid_request");
    }
    Optional<TokenAnswer> answer = switch (grantType) {
      case "client_credentials" -> clientCredentials(form, header);
      case "authorization_code" -> authorizationCode(form);
      default -> null;
    };
    if (answer == null) {
      return error(Response.Status.BAD_REQUEST, "unsupported_grant_type");
    }
    return answer.map(known -> bound(known, request))
        .orElseGet(() -> error(Response.Status.BAD_REQUEST, "invalid_request"));
  }

  /** Whatever else was typed into the field may be a secret, and is not kept. */
  private static boolean isName(String text) {
    return text.matches("[a-z0-9][a-z0-9._-]{0,62}");
  }

  /** Empty: something is missing, or the client proves itself in two ways (section 2.3). */
  private Optional<TokenAnswer> clientCredentials(MultivaluedMap<String, String> form, String header) {
    String secret = form.getFirst("client_secret");
    String id = form.getFirst("client_id");
    String assertion = form.getFirst("client_assertion");
    boolean basic = header != null && header.startsWith(BASIC);
    if ((secret == null ? 0 : 1) + (assertion == null ? 0 : 1) + (basic ? 1 : 0) != 1) {
      return Optional.empty();
    }
    if (assertion != null) {
      return ASSERTION_TYPE.equals(form.getFirst("client_assertion_type")) ? Optional.of(issuer.issueFor(assertion))
          : Optional.empty();
    }
    if (basic) {
      return basicOf(header).map(pair -> issuer.issue(pair.get(0), pair.get(1)));
    }
    return id == null ? Optional.empty() : Optional.of(issuer.issue(id, secret));
  }

  private Optional<TokenAnswer> authorizationCode(MultivaluedMap<String, String> form) {
    for (String name : List.of("client_id", "code", "redirect_uri", "code_verifier")) {
      if (form.getFirst(name) == null) {
        return Optional.empty();
      }
    }
    return Optional.of(issuer.exchange(new Login.Exchange(form.getFirst("client_id"), form.getFirst("code"),
        form.getFirst("redirect_uri"), form.getFirst("code_verifier"))));
  }

  /** RFC 7617. Our ids and secrets need none of the escapes of RFC 6749 section 2.3.1. */
  private static Optional<List<String>> basicOf(String header) {
    if (header.length() > LONGEST_BASIC) {
      return Optional.empty();
    }
    try {
      String pair = new String(Base64.getDecoder().decode(header.substring(BASIC.length()).strip()),
          StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty()
          : Optional.of(List.of(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no base64
    }
  }

  /** The keys that verify the tokens (RFC 7517). */
  @GET
  @Path("/jwks")
  @Operation(summary = "The keys that verify the tokens of the development issuer")
  public Response keys() {
    if (!issuer.serves()) {
      throw new NotFoundException();
    }
    return Response.ok(issuer.jwks()).build();
  }

  /** The token is bound to the key of a proof that comes with the request for it (RFC 9449 section 5). */
  private Response bound(TokenAnswer answer, HttpServletRequest request) {
    List<String> sent = Collections.list(request.getHeaders(BoundTokenCheck.PROOF));
    if (sent.isEmpty() || !(answer instanceof TokenAnswer.Issued issued)) {
      return response(answer, "Bearer");
    }
    var call = new ProofsOfPossession.Call("POST", request.getRequestURL().toString(), Optional.empty());
    return sent.size() == 1
        && proofs.judge(sent.get(0), call, Optional.empty()) instanceof ProofsOfPossession.Answer.Proven proven
            ? response(issuer.bind(issued, proven.thumbprint()), "DPoP")
            : error(Response.Status.BAD_REQUEST, "invalid_dpop_proof");
  }

  private static Response response(TokenAnswer answer, String type) {
    if (answer instanceof TokenAnswer.Issued issued) {
      JsonObjectBuilder body = Json.createObjectBuilder().add("access_token", issued.token())
          .add("token_type", type).add("expires_in", issued.expiresInSeconds());
      issued.idToken().ifPresent(token -> body.add("id_token", token));
      return uncached(Response.ok(body.build().toString()));
    }
    if (answer instanceof TokenAnswer.Locked locked) {
      return uncached(Response.status(Response.Status.TOO_MANY_REQUESTS)
          .header(HttpHeaders.RETRY_AFTER, locked.retryAfterSeconds()).entity(error("temporarily_unavailable")));
    }
    return refusal(((TokenAnswer.Refused) answer).clause());
  }

  private static Response refusal(TokenClause clause) {
    return switch (clause) {
      case INVALID_CLIENT -> error(Response.Status.UNAUTHORIZED, "invalid_client");
      case INVALID_GRANT -> error(Response.Status.BAD_REQUEST, "invalid_grant");
      case ISSUER_DISABLED -> throw new NotFoundException();
    };
  }

  private static Response error(Response.Status status, String error) {
    return uncached(Response.status(status).entity(error(error)));
  }

  private static String error(String error) {
    return Json.createObjectBuilder().add("error", error).build().toString();
  }

  private static Response uncached(Response.ResponseBuilder response) {
    return response.header("Cache-Control", "no-store").build();
  }
}
