package ai.qenex.web.security;

import ai.qenex.security.Roles;
import ai.qenex.web.problem.Problem;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * Refuses at once what cannot be served in time, 503 with {@code Retry-After}, so that what is served stays as fast as
 * before the flood. Nothing has been done with a request that is refused here. So is, 405, a method that does not
 * exist, and, 404, an address with path parameters ({@code ;…}): whoever matches addresses drops them, so that one
 * resource would have many names.
 */
public class OverloadGuard extends HttpFilter {

  private static final Problem OVERLOADED = Problem.of(503, "OVERLOADED", "Come back later",
      "more requests are in hand than can be served in time; nothing was done with this one");

  /** Names of methods know upper case only (RFC 9110 section 9.1); what finds resources by them is more tolerant. */
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Problem UNKNOWN_METHOD = Problem.of(405, "METHOD_NOT_ALLOWED", "Not with this method",
      "this address does not take this method");
  private static final Problem NOTHING_THERE = Problem.of(404, "NOT_FOUND", "No such object",
      "there is nothing at this address");

  private final transient RequestLanes lanes;

  @Inject
  public OverloadGuard(EdgeSettings settings) {
    EdgeSettings.Limits limits = settings.limits();
    lanes = new RequestLanes(new AdaptiveLimit(limits.shortRequests()), limits.streams(), limits.operators());
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!METHODS.contains(request.getMethod())) {
      response.setHeader("Allow", CrossOrigin.METHODS);
      EdgeRefusal.of(UNKNOWN_METHOD).write(request, response);
      return;
    }
    if (request.getRequestURI().indexOf(';') >= 0) {
      EdgeRefusal.of(NOTHING_THERE).write(request, response);
      return;
    }
    RequestLanes.Lane lane = lanes.enter(request.getRequestURI(),
        () -> request.isUserInRole(Roles.OPERATOR) || request.isUserInRole(Roles.ADMINISTRATOR));
    if (lane == RequestLanes.Lane.NONE) {
      EdgeRefusal.of(OVERLOADED).retryAfter(1).write(request, response);
      return;
    }
    long begun = System.nanoTime();
    try {
      chain.doFilter(request, response);
    } finally {
      lanes.leave(lane, System.nanoTime() - begun);
    }
  }
}
