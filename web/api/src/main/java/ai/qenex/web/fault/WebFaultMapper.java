package ai.qenex.web.fault;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * What JAX-RS itself refuses (404, 405, 406, 415, …) as problems; more specific than the JAX-RS implementation's own
 * mapper.
 */
@Provider
public class WebFaultMapper implements ExceptionMapper<WebApplicationException> {

  @Context private UriInfo uri;
  @Context private SecurityContext security;

  @Override
  public Response toResponse(WebApplicationException fault) {
    Response.StatusType status = fault.getResponse().getStatusInfo();
    return status.getFamily() == Response.Status.Family.REDIRECTION
        || status.getFamily() == Response.Status.Family.SUCCESSFUL
            ? fault.getResponse()
            : withAllow(ProblemAnswers.answer(fault, uri, security), fault.getResponse());
  }

  /** RFC 9110 section 15.5.6: a 405 names the methods that are allowed. */
  private static Response withAllow(Response problem, Response original) {
    String allow = original.getHeaderString("Allow");
    return allow == null ? problem : Response.fromResponse(problem).header("Allow", allow).build();
  }
}
