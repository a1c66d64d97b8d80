package ai.qenex.web.security;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemJson;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The error page for 401 (see web.xml). A token that is expired, forged, unsigned or garbage is refused by the server
 * before JAX-RS sees the request; here that answer gets our shape and its challenge (RFC 6750 section 3).
 */
@WebServlet(InvalidTokenServlet.PATH)
public class InvalidTokenServlet extends HttpServlet {

  static final String PATH = "/problem/unauthenticated";

  private static final Problem INVALID_TOKEN = Problem.of(401, "UNAUTHENTICATED", "Who are you?",
      "the access token is expired, forged or not for this bank");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    response.setStatus(INVALID_TOKEN.status());
    response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    response.setContentType(Problem.MEDIA_TYPE);
    response.getOutputStream().write(ProblemJson.write(INVALID_TOKEN, refused == null ? PATH : refused.toString()));
  }
}
