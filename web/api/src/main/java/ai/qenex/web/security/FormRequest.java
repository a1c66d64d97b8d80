package ai.qenex.web.security;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form whose body was read already ({@code application/x-www-form-urlencoded}), because the container would read it
 * by itself, past our limits. Its parameters are those of the form alone; the query is no part of it.
 */
final class FormRequest extends HttpServletRequestWrapper {

  private static final int MOST_PARAMETERS = 100;

  private final Map<String, String[]> parameters;
  private final byte[] body;

  FormRequest(HttpServletRequest request, byte[] body) {
    super(request);
    this.body = body.clone();
    parameters = parse(new String(body, StandardCharsets.UTF_8));
  }

  /** @throws ProblemException 400 for what is no form */
  static Map<String, String[]> parse(String body) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String[] pairs = body.split("&");
    if (pairs.length > MOST_PARAMETERS) {
      throw new ProblemException(Problem.invalid("", "a form has at most " + MOST_PARAMETERS + " parameters"));
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      values.computeIfAbsent(name, absent -> new ArrayList<>())
          .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
    return Collections.unmodifiableMap(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.invalid("", "the form holds a % without two hexadecimal digits"));
    }
  }

  @Override
  public ServletInputStream getInputStream() {
    return new ReadBody(new ByteArrayInputStream(body));
  }

  /** The bytes again, for who reads the form himself. */
  private static final class ReadBody extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    ReadBody(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return bytes.read(buffer, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("a form is read at once");
    }
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }

  @Override
  public String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return parameters.get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }
}
