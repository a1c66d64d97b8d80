package ai.qenex.web.trail;

import ai.qenex.security.AuditTrail;
import jakarta.ejb.EJB;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The innermost filter: lets the audit log know how every request ended that changes something or was turned away, when
 * the last byte of its answer is written, and those too that the server refused before any of us saw them.
 */
public class AuditedRequests extends HttpFilter {

  private static final String SEEN = "ai.qenex.audited";
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]{1,40}");

  @EJB private transient AuditTrail trail;

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isErrorPage = request.getDispatcherType() == DispatcherType.ERROR;
    if (isErrorPage && request.getAttribute(SEEN) != null) {
      chain.doFilter(request, response); // the error page of a request that is already watched
      return;
    }
    request.setAttribute(SEEN, true);
    Object path = isErrorPage ? request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) : request.getRequestURI();
    AuditedRequest audited =
        AuditedRequest.begin(trail, () -> request.getMethod() + " " + firstOf(String.valueOf(path)));
    boolean answered = false;
    try {
      chain.doFilter(request, response);
      answered = true;
    } finally {
      AuditedRequest.end();
      audited.ended(answered ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  /** As much of a path as names no object: what it is about may be somebody's account number. */
  private static String firstOf(String path) {
    String[] parts = path.split("/", 5);
    boolean ofApi = parts.length > 3 && parts[1].equals("api");
    String first = ofApi ? parts[3] : parts.length > 1 ? parts[1] : "";
    return PLAIN.matcher(first).matches() ? first : "?";
  }
}
