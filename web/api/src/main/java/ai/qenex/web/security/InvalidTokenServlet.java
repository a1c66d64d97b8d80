package ai.qenex.web.security;

import ai.qenex.web.fault.ProblemJson;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.trail.AuditedRequest;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The error page of the container (see web.xml). A token that is expired, forged, unsigned or garbage is refused before
 * JAX-RS sees the request; here that answer gets our shape and its challenge (RFC 6750 section 3). A token signed by a
 * key that nobody knows is answered 500 by the server's JWT mechanism, without an exception; that too is the client's
 * fault. Faults of our own never come here without an exception: JAX-RS answers them itself.
 */
@WebServlet(InvalidTokenServlet.PATH)
public class InvalidTokenServlet extends HttpServlet {

  static final String PATH = "/problem/unauthenticated";

  private static final Problem INVALID_TOKEN = Problem.of(401, "UNAUTHENTICATED", "Who are you?",
      "the access token is expired, forged or not for this bank");

  private static final Problem BROKEN =
      Problem.of(500, "INTERNAL_ERROR", "Something went wrong on our side", "the incident is recorded");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Problem problem = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) == null ? INVALID_TOKEN : BROKEN;
    Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    AuditedRequest.current().problem(problem.code());
    response.setStatus(problem.status());
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    response.setContentType(Problem.MEDIA_TYPE);
    response.getOutputStream().write(ProblemJson.write(problem, refused == null ? PATH : refused.toString()));
  }
}
