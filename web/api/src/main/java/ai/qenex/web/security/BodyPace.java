package ai.qenex.web.security;

import ai.qenex.web.json.BoundedBody;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bodies come at a least pace, or their sender is told 408. The server itself only sees a body that stalls; one that
 * drips, a byte now and then, would hold a thread for hours. Only time spent waiting for bytes counts, so that a body
 * that we are slow to take is not blamed. Bodies are bounded in length as well, forms, which are kept in memory whole,
 * more than others.
 */
public class BodyPace extends HttpFilter {

  private static final String FORM = "application/x-www-form-urlencoded";

  @Inject private EdgeSettings settings;

  /**
   * @param graceNanos of waiting before the pace is asked for
   * @param bytesPerSecond of the waiting time that must have come by then
   * @param bodyBytes longest body of any kind; resources bound their own kind further
   * @param formBytes longest form
   */
  record Pace(long graceNanos, long bytesPerSecond, long bodyBytes, long formBytes) {

    Pace withBodyBytes(long most) {
      return new Pace(graceNanos, bytesPerSecond, most, formBytes);
    }

    boolean isTooSlow(long bytes, long waitedNanos) {
      return waitedNanos > graceNanos && bytes < waitedNanos / 1_000_000_000.0 * bytesPerSecond;
    }
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if ("GET".equals(request.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    try {
      chain.doFilter(limited(request, settings.limits().pace()), response);
    } catch (ProblemException refused) {
      EdgeRefusal.of(refused.problem()).write(request, response);
    }
  }

  /** @throws ProblemException for a body that is too long, by its own word or when it has come */
  private static HttpServletRequest limited(HttpServletRequest request, Pace pace) throws IOException {
    String type = request.getContentType();
    boolean form = type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
    long most = form ? pace.formBytes() : pace.bodyBytes();
    if (request.getContentLengthLong() > most) {
      throw new ProblemException(Problem.tooLarge(most));
    }
    HttpServletRequest paced = new Paced(request, pace.withBodyBytes(most));
    return form ? new FormRequest(paced, paced.getInputStream().readAllBytes()) : paced;
  }

  private static final class Paced extends HttpServletRequestWrapper {
    private final Pace pace;
    private ServletInputStream body;

    Paced(HttpServletRequest request, Pace pace) {
      super(request);
      this.pace = pace;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        ServletInputStream raw = super.getInputStream();
        body = new PacedBody(raw, new BoundedBody(raw, pace.bodyBytes()), pace);
      }
      return body;
    }
  }

  /** Counts what comes and how long it was waited for. */
  static final class PacedBody extends ServletInputStream {
    private final ServletInputStream state;
    private final InputStream bytes;
    private final Pace pace;
    private long waited;
    private long count;

    /** @param bytes the stream to read, which may be a bounded view of the first */
    PacedBody(ServletInputStream state, InputStream bytes, Pace pace) {
      this.state = state;
      this.bytes = bytes;
      this.pace = pace;
    }

    @Override
    public int read() throws IOException {
      long begun = System.nanoTime();
      int read = bytes.read();
      note(begun, read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long begun = System.nanoTime();
      int read = bytes.read(buffer, offset, length);
      note(begun, read);
      return read;
    }

    private void note(long begun, int read) {
      waited += System.nanoTime() - begun;
      if (read > 0) {
        count += read;
        if (pace.isTooSlow(count, waited)) {
          throw new ProblemException(Problem.of(408, "BODY_TOO_SLOW", "The body comes too slowly",
              "send at least " + pace.bytesPerSecond() + " bytes per second"));
        }
      }
    }

    @Override
    public boolean isFinished() {
      return state.isFinished();
    }

    @Override
    public boolean isReady() {
      return state.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      state.setReadListener(listener);
    }
  }
}
