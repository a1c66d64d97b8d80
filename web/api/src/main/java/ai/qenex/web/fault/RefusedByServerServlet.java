package ai.qenex.web.fault;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.trail.AuditedRequest;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The container's error page for every status that has none of its own (see web.xml): what the server refuses before
 * JAX-RS sees it, such as a media type or an address that cannot be parsed, is told as a problem too.
 */
@WebServlet(RefusedByServerServlet.PATH)
public class RefusedByServerServlet extends HttpServlet {

  static final String PATH = "/problem/refused";

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer told ? told : 404;
    Problem problem = FaultTranslation.ofStatus(status);
    AuditedRequest.current().problem(problem.code());
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.getOutputStream().write(ProblemJson.write(problem, refused == null ? PATH : refused.toString()));
  }
}
