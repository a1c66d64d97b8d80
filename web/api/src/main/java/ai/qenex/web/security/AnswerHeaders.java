package ai.qenex.web.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a browser must know of every answer, refusals of the container included: read it as what it says it is, keep no
 * copy, run nothing in it, come back by TLS only (RFC 6797, which forbids saying so over plain HTTP). And which other
 * origins may read it ({@link CrossOrigin}).
 */
public class AnswerHeaders extends HttpFilter {

  /** Neither object-src, which default-src decides, nor base-uri, which it does not, is left to the browser. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
  private static final long MAX_HSTS_SECONDS = 63_072_000;

  private final String strictTransport;
  private final CrossOrigin crossOrigin;

  @Inject
  public AnswerHeaders(@ConfigProperty(name = "qenex.edge.hsts-seconds", defaultValue = "31536000") long hstsSeconds,
      @ConfigProperty(name = "qenex.edge.cors-origins", defaultValue = " ") String corsOrigins) {
    if (hstsSeconds < 0 || hstsSeconds > MAX_HSTS_SECONDS) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.edge.hsts-seconds must be 0 to " + MAX_HSTS_SECONDS);
    }
    strictTransport = "max-age=" + hstsSeconds + "; includeSubDomains";
    crossOrigin = CrossOrigin.of(corsOrigins);
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", CONTENT_POLICY);
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", strictTransport);
    }
    if (!crossOrigin.origins().isEmpty()) {
      response.setHeader("Vary", "Origin");
      String origin = request.getHeader("Origin");
      if (crossOrigin.allows(origin)) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        if (isPreflight(request)) {
          answerPreflight(response);
          return;
        }
        response.setHeader("Access-Control-Expose-Headers", CrossOrigin.ANSWER_HEADERS);
      }
    }
    chain.doFilter(request, response);
  }

  /** The browser's own question before the page's request (Fetch standard, CORS-preflight request). */
  private static boolean isPreflight(HttpServletRequest request) {
    return "OPTIONS".equals(request.getMethod()) && request.getHeader("Access-Control-Request-Method") != null;
  }

  private static void answerPreflight(HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Methods", CrossOrigin.METHODS);
    response.setHeader("Access-Control-Allow-Headers", CrossOrigin.REQUEST_HEADERS);
    response.setHeader("Access-Control-Max-Age", "600");
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
