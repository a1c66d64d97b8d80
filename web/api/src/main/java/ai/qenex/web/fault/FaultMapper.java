package ai.qenex.web.fault;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The last line: no fault leaves as anything but a problem, and none with a stack trace. */
@Provider
public class FaultMapper implements ExceptionMapper<Throwable> {

  @Context private UriInfo uri;
  @Context private SecurityContext security;

  @Override
  public Response toResponse(Throwable fault) {
    return ProblemAnswers.answer(fault, uri, security);
  }
}
