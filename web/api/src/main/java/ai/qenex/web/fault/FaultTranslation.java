package ai.qenex.web.fault;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.InvalidAmountException;
import ai.qenex.kernel.QenexException;
import ai.qenex.web.json.JsonFaults;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ejb.EJBAccessException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;

/**
 * What a fault is called towards a client. Whoever caused it decides: a client's own fault is told with what would mend
 * it, one of ours with nothing but the number of the incident.
 */
public final class FaultTranslation {

  /** How deep a fault may be wrapped in others for its cause to be found. */
  private static final int MAX_WRAPPING = 8;
  /** Seconds after which a client that was turned away may come back. */
  static final int RETRY_AFTER_SECONDS = 1;

  private FaultTranslation() {}

  /** Whether the fault is ours and must be logged. @param problem what the client is told of it */
  static boolean isIncident(Throwable fault, Problem problem) {
    Throwable cause = fault;
    for (int depth = 0; problem.status() == 503 && cause != null && depth < MAX_WRAPPING; depth++) {
      if (cause instanceof QenexException ours) {
        return ours.code().kind() == ErrorCode.Kind.INTERNAL;
      }
      cause = cause.getCause();
    }
    return problem.status() == 500;
  }

  /** The problem for a fault. */
  public static Problem problemOf(Throwable fault) {
    Throwable cause = fault;
    for (int depth = 0; cause != null && depth < MAX_WRAPPING; depth++) {
      Problem known = knownProblemOf(cause);
      if (known != null) {
        return known;
      }
      cause = cause.getCause();
    }
    return internal();
  }

  private static Problem internal() {
    return Problem.of(500, "INTERNAL_ERROR", "Something went wrong on our side", "the incident is recorded");
  }

  /** Null for a fault that says nothing by itself. */
  private static Problem knownProblemOf(Throwable fault) {
    if (fault instanceof ProblemException known) {
      return known.problem();
    }
    if (fault instanceof QenexException ours) {
      return problemOf(ours);
    }
    if (fault instanceof JsonProcessingException json) {
      return JsonFaults.problemOf(json);
    }
    if (fault instanceof InvalidAmountException amount) {
      return Problem.invalid("", amount.getMessage());
    }
    if (fault instanceof EJBAccessException || fault instanceof SecurityException) {
      return ofStatus(403);
    }
    if (fault instanceof ConstraintViolationException violations) {
      ConstraintViolation<?> first = violations.getConstraintViolations().iterator().next();
      return Problem.invalid(first.getPropertyPath().toString(), first.getMessage());
    }
    if (isTooBig(fault)) {
      return Problem.of(413, "PAYLOAD_TOO_LARGE", "The body is too large", "the server takes no body of that size");
    }
    return fault instanceof WebApplicationException web ? problemOf(web) : null;
  }

  private static Problem problemOf(QenexException fault) {
    String code = fault.code().name();
    return switch (fault.code().kind()) {
      case CLIENT -> Problem.of(400, code, "The request is not valid", fault.getMessage());
      case NOT_FOUND -> Problem.of(404, code, "No such object", fault.getMessage());
      case CONFLICT -> Problem.of(409, code, "Not in the present state", fault.getMessage());
      case OVERLOAD -> Problem.of(503, code, "Come back later", fault.code() == ErrorCode.NOT_LEADER
          ? fault.getMessage() + "; send the same request with the same id again"
          : "send the same request with the same id again");
      // most often the database is away or changes hands, and the client can do no better than to come back
      case INTERNAL -> fault.code() == ErrorCode.STORAGE_FAILED ? ofStatus(503) : internal();
    };
  }

  private static Problem problemOf(WebApplicationException fault) {
    int status = fault.getResponse().getStatus();
    // a wrapper that only says "bad request" may carry what was wrong; its cause knows better
    return status == 400 && fault.getCause() != null ? null : ofStatus(status);
  }

  /** The problem of a bare HTTP status. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 -> Problem.of(400, "INVALID_REQUEST", "The request is not valid", "the request cannot be read");
      case 401 ->
        Problem.of(401, "UNAUTHENTICATED", "Who are you?", "send a valid access token: Authorization: Bearer …");
      case 403 ->
        Problem.of(403, "FORBIDDEN", "Not with your roles", "your token does not carry a role that may do this");
      case 404 -> Problem.of(404, "NOT_FOUND", "No such object", "there is nothing at this address");
      case 405 ->
        Problem.of(405, "METHOD_NOT_ALLOWED", "Not with this method", "this address does not take this method");
      case 406 ->
        Problem.of(406, "NOT_ACCEPTABLE", "Not in this form", "the answer does not exist in a media type you accept");
      case 413 ->
        Problem.of(413, "PAYLOAD_TOO_LARGE", "The body is too large", "the server takes no body of that size");
      case 415 ->
        Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "Not in this form", "this address does not take this media type");
      case 503 -> Problem.of(503, "UNAVAILABLE", "Come back later", "send the same request with the same id again");
      default -> status >= 400 && status < 500
          ? Problem.of(status, "INVALID_REQUEST", "The request is not valid", "the request cannot be served")
          : internal();
    };
  }

  /** Servlet containers tell an oversized body by exceptions of their own. */
  private static boolean isTooBig(Throwable fault) {
    return fault.getClass().getSimpleName().equals("RequestTooBigException");
  }
}
