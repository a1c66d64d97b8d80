package ai.qenex.web.trail;

import ai.qenex.kernel.UuidV7;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.Roles;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.slf4j.MDC;

/**
 * The first filter: gives every request a correlation id, the client's if it sent a proper one, and binds to the thread
 * who asks and from where. Answers, problems, log lines and audit records carry the id.
 */
public class Correlation extends HttpFilter {

  public static final String HEADER = "X-Correlation-Id";

  private static final String ATTRIBUTE = "ai.qenex.correlation";
  /** Name under which log formats find it. */
  private static final String LOG_FIELD = "correlation";
  private static final Pattern PROPER = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final UuidV7 NEW_IDS = new UuidV7(InstantSource.system(), new SecureRandom());

  private final transient CallerAddress addresses;

  @Inject
  public Correlation(@ConfigProperty(name = "qenex.http.trusted-proxies", defaultValue = " ") String proxies) {
    addresses = new CallerAddress(proxies);
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String id = idOf(request);
    request.setAttribute(ATTRIBUTE, id);
    response.setHeader(HEADER, id);
    MDC.put(LOG_FIELD, id);
    AuditOrigin.Scope scope = AuditOrigin.within(origin(request, id));
    try {
      chain.doFilter(request, response);
    } finally {
      scope.close();
      MDC.remove(LOG_FIELD);
    }
  }

  /** An error page is the same request once more. */
  private static String idOf(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String sent = request.getHeader(HEADER);
    return sent != null && PROPER.matcher(sent).matches() ? sent : NEW_IDS.next().toString();
  }

  private AuditOrigin origin(HttpServletRequest request, String id) {
    Principal caller = request.getUserPrincipal();
    String name = caller == null ? AuditOrigin.ANONYMOUS : caller.getName();
    return AuditOrigin.of(name, rolesOf(caller),
        addresses.of(request.getRemoteAddr(), request.getHeader(CallerAddress.HEADER)), id);
  }

  private static Collection<String> rolesOf(Principal caller) {
    if (!(caller instanceof JsonWebToken token) || token.getGroups() == null) {
      return Set.of();
    }
    return token.getGroups().stream().filter(Roles.GRANTABLE::contains).toList();
  }
}
