package ai.qenex.web.fault;

import ai.qenex.kernel.UuidV7;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.trail.AuditedRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Turns faults and problems into responses, and records the faults that are ours. */
public final class ProblemAnswers {

  private static final System.Logger LOG = System.getLogger(ProblemAnswers.class.getName());
  private static final UuidV7 INCIDENTS = new UuidV7(InstantSource.system(), new SecureRandom());

  private static final String STEP_UP_REQUIRED = "STEP_UP_REQUIRED";

  private ProblemAnswers() {}

  static Response answer(Throwable fault, UriInfo uri, SecurityContext security) {
    Problem problem = FaultTranslation.problemOf(fault);
    if (problem.status() == 403 && security.getUserPrincipal() == null) {
      problem = FaultTranslation.ofStatus(401);
    }
    if (FaultTranslation.isIncident(fault, problem)) {
      UUID incident = INCIDENTS.next();
      LOG.log(System.Logger.Level.ERROR, "incident " + incident, fault);
      problem = problem.with("incident", incident.toString());
    }
    return response(problem, uri.getRequestUri().getRawPath());
  }

  /** @param instance path that was asked for */
  public static Response response(Problem problem, String instance) {
    AuditedRequest.current().problem(problem.code());
    Response.ResponseBuilder response = Response.status(problem.status())
        .type(Problem.MEDIA_TYPE).entity(ProblemJson.write(problem, instance));
    if (problem.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    if (problem.code().equals(STEP_UP_REQUIRED)) { // RFC 9470 section 3
      response.header(HttpHeaders.WWW_AUTHENTICATE,
          "Bearer error=\"insufficient_user_authentication\", error_description=\"" + problem.title() + "\"");
    }
    if (problem.status() == 503) {
      response.header(HttpHeaders.RETRY_AFTER, FaultTranslation.RETRY_AFTER_SECONDS);
    }
    return response.build();
  }
}
