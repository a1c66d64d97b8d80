package ai.qenex.web.security;

import ai.qenex.web.fault.ProblemJson;
import ai.qenex.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A problem that a filter answers before JAX-RS sees the request. @param retryAfter seconds; zero for never */
record EdgeRefusal(Problem problem, long retryAfter) {

  static EdgeRefusal of(Problem problem) {
    return new EdgeRefusal(problem, 0);
  }

  EdgeRefusal retryAfter(long seconds) {
    return new EdgeRefusal(problem, seconds);
  }

  void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] body = ProblemJson.write(problem, request.getRequestURI());
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    if (retryAfter > 0) {
      response.setHeader("Retry-After", Long.toString(retryAfter));
    }
    response.getOutputStream().write(body);
  }
}
