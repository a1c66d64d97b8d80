package ai.qenex.web.security;

import ai.qenex.security.Login;
import ai.qenex.security.LoginClause;
import ai.qenex.security.TokenIssuer;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Where people log in at the development issuer: an authorization code with PKCE (OAuth 2.1), by the plainest page
 * there can be, without a session, a cookie or a script. What is wrong with the client or the place to come back to is
 * told here and never sent there (RFC 6749 section 4.1.2.1).
 */
@Path("/oauth2/authorize")
@RequestScoped
@PermitAll
@Tag(name = "identity")
public class AuthorizeResource {

  private static final int LONGEST = 1_000;

  @EJB private TokenIssuer issuer;
  @Context private HttpServletRequest request;

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(summary = "The page on which a person logs in (development only)")
  public String page(@Context UriInfo uri) {
    return LoginPage.of(question(uri.getQueryParameters()), "");
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
  @Operation(summary = "Log a person in: back to the client with a code; a program that asks for JSON gets it at once")
  public Response logIn(MultivaluedMap<String, String> form, @Context HttpHeaders headers) {
    Login.Question question = question(form);
    var typed = new Login.Credentials(text(form, "username"), text(form, "password"), text(form, "code"),
        text(form, "new_password"));
    AuditedRequest.current().about("person", typed.name().matches("[a-z0-9][a-z0-9._-]{0,62}") ? typed.name() : "");
    Login.Answer answer = issuer.logIn(question, typed, String.valueOf(request.getRemoteAddr()));
    boolean json = headers.getAcceptableMediaTypes().stream()
        .anyMatch(type -> type.isCompatible(MediaType.APPLICATION_JSON_TYPE) && !type.isWildcardType());
    if (answer instanceof Login.Answer.Granted granted) {
      URI back = back(question, granted.code());
      return json
          ? Response.ok(new Granted(granted.code(), question.state()), MediaType.APPLICATION_JSON).build()
          : Response.seeOther(back).build();
    }
    var refused = (Login.Answer.Refused) answer;
    if (json) {
      throw new ProblemException(problem(refused));
    }
    Problem problem = problem(refused);
    Response.ResponseBuilder page =
        Response.status(problem.status()).type(MediaType.TEXT_HTML).entity(LoginPage.of(question, problem.detail()));
    return (refused.retryAfterSeconds() > 0 ? page.header(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds()) : page)
        .build();
  }

  /** What a program gets that asks for JSON. */
  public record Granted(String code, String state) {}

  private Login.Question question(MultivaluedMap<String, String> parameters) {
    if (!issuer.serves()) {
      throw new NotFoundException();
    }
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      if (parameter.getValue().size() > 1) {
        throw Values.invalid(parameter.getKey(), "given more than once");
      }
    }
    if (!"code".equals(parameters.getFirst("response_type"))) {
      throw Values.invalid("response_type", "code");
    }
    if (!"S256".equals(parameters.getFirst("code_challenge_method"))) {
      throw Values.invalid("code_challenge_method", "S256");
    }
    var question = new Login.Question(text(parameters, "client_id"), text(parameters, "redirect_uri"),
        text(parameters, "code_challenge"), text(parameters, "state"), text(parameters, "nonce"));
    if (!issuer.mayAsk(question)) {
      throw Values.invalid("client_id",
          "no such client logs people in, or it does not come back to that redirect_uri, or code_challenge or nonce "
              + "is misshapen");
    }
    return question;
  }

  private static URI back(Login.Question question, String code) {
    UriBuilder back = UriBuilder.fromUri(URI.create(question.redirectUri())).queryParam("code", code)
        .queryParam("iss", "{iss}");
    return question.state().isEmpty() ? back.build(DevelopmentTrust.ISSUER)
        : back.queryParam("state", "{state}").build(DevelopmentTrust.ISSUER, question.state());
  }

  private static Problem problem(Login.Answer.Refused refused) {
    return switch (refused.clause()) {
      case WRONG -> refusal(401, refused.clause(), "name, password or code is wrong");
      case CODE_NEEDED -> refusal(401, refused.clause(), "a code of your authenticator, or a recovery code, is needed");
      case CHANGE_NEEDED -> refusal(401, refused.clause(), "the password was set by somebody else: choose a new one");
      case UNFIT_PASSWORD -> refusal(422, refused.clause(),
          "the new password is too short, has your name in it, is known to guessers or is the old one");
      case LOCKED -> refusal(429, refused.clause(), "too many failures: try again later")
          .with("retryAfterSeconds", refused.retryAfterSeconds());
    };
  }

  private static Problem refusal(int status, LoginClause clause, String detail) {
    return Problem.of(status, "LOGIN_" + clause.name(), "You are not logged in", detail);
  }

  private static String text(MultivaluedMap<String, String> parameters, String name) {
    String value = parameters.getFirst(name);
    if (value != null && value.length() > LONGEST) {
      throw Values.invalid(name, "at most " + LONGEST + " characters");
    }
    return value == null ? "" : value;
  }
}
