package ai.qenex.web.security;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The address that a request was matched to, as its resource names it: {@code /api/v1/transfers/{id}}. */
final class CalledTemplate {

  private static final Map<Method, String> KNOWN = new ConcurrentHashMap<>();

  private CalledTemplate() {}

  static String of(ResourceInfo called) {
    Method method = called.getResourceMethod();
    return method == null ? "" : KNOWN.computeIfAbsent(method, absent -> template(called.getResourceClass(), method));
  }

  static String template(Class<?> resource, Method method) {
    Path whole = resource.getAnnotation(Path.class);
    Path part = method.getAnnotation(Path.class);
    String address = "/" + (whole == null ? "" : whole.value()) + "/" + (part == null ? "" : part.value());
    String once = address.replaceAll("/{2,}", "/");
    return once.length() > 1 && once.endsWith("/") ? once.substring(0, once.length() - 1) : once;
  }
}
