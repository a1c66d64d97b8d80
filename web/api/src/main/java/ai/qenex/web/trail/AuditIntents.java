package ai.qenex.web.trail;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last filter before a resource, behind everything that may turn a request away: whoever gets here acts, and the
 * audit log hears of it first.
 */
@Provider
@Priority(Priorities.USER + AuditIntents.LAST)
public class AuditIntents implements ContainerRequestFilter {

  static final int LAST = 900;
  private static final String API = "/api/v1/";
  private static final String LOGIN = "POST /oauth2/";
  private static final String YARDSTICK = "/api/v1/diagnostics";
  private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Map<Method, Kind> known = new ConcurrentHashMap<>();

  @Context private ResourceInfo resource;

  /** @param action such as {@code POST accounts/{ref}/freeze} */
  private record Kind(String action, boolean acts, boolean byItself) {

    boolean isLogin() {
      return action.startsWith(LOGIN);
    }
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (READING.contains(request.getMethod())) {
      return;
    }
    Kind kind = known.computeIfAbsent(resource.getResourceMethod(), method -> kindOf(request.getMethod(), method));
    if (kind.isLogin()) {
      AuditedRequest.current().isLogin(kind.action);
    } else if (kind.acts) {
      AuditedRequest audited = AuditedRequest.current();
      audited.isAction(kind.action);
      if (!kind.byItself) {
        audited.intend();
      }
    }
  }

  private Kind kindOf(String verb, Method method) {
    String path = pathOf(resource.getResourceClass().getAnnotation(Path.class))
        + pathOf(method.getAnnotation(Path.class));
    boolean acts = path.startsWith(API) && !path.startsWith(YARDSTICK);
    return new Kind(verb + " " + (acts ? path.substring(API.length()) : path), acts,
        method.isAnnotationPresent(IntendsByItself.class));
  }

  private static String pathOf(Path path) {
    return path == null ? "" : path.value();
  }
}
