package ai.qenex.web.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a client is told instead of an answer (RFC 9457).
 *
 * @param status HTTP status
 * @param code stable upper-case name; clients may rely on it
 * @param title the kind of problem, the same for every occurrence of a code
 * @param detail this occurrence in one sentence, for people
 * @param figures further members by name, such as {@code path} or the figures of a refusal
 */
public record Problem(int status, String code, String title, String detail, Map<String, Object> figures) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:qenex:problem:";

  public Problem {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, Map.of());
  }

  /**
   * Something in the request cannot be read as what it should be. @param path of the offending member (RFC 6901) or
   * parameter
   */
  public static Problem invalid(String path, String detail) {
    return new Problem(400, "INVALID_REQUEST", "The request is not valid", detail, Map.of("path", path));
  }

  /** Nothing with that name exists. */
  public static Problem notFound(String code, String detail) {
    return of(404, code, "No such object", detail);
  }

  public static Problem tooLarge(long maxBytes) {
    return new Problem(413, "PAYLOAD_TOO_LARGE", "The body is too large",
        "the body has at most " + maxBytes + " bytes here",
        Map.of("maxBytes", maxBytes));
  }

  /** The problem's {@code type}: a URN made of the code. */
  public String type() {
    return TYPE_PREFIX + code.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The same problem with one more figure. */
  public Problem with(String name, Object value) {
    var more = new LinkedHashMap<>(figures);
    more.put(name, value);
    return new Problem(status, code, title, detail, more);
  }
}
