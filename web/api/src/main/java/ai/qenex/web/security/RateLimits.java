package ai.qenex.web.security;

import ai.qenex.web.problem.Problem;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * How often one user, one client program or one address without a token may come: token buckets on this node. Whoever
 * comes too often is told 429, when to come back ({@code Retry-After}), and how things stand in the fields of
 * draft-ietf-httpapi-ratelimit-headers; who nears the limit is told as well. Health is always answered.
 */
public class RateLimits extends HttpFilter {

  private static final int MOST_BUCKETS = 20_000;
  private static final long NANOS = 1_000_000_000;

  private final transient ClientBuckets users;
  private final transient ClientBuckets clients;
  private final transient ClientBuckets addresses;
  private final transient ClientBuckets tokenRequests;

  @Inject
  public RateLimits(EdgeSettings settings) {
    EdgeSettings.Rates rates = settings.limits().rates();
    users = buckets(rates.user(), rates.own());
    clients = buckets(rates.client(), rates.own());
    addresses = buckets(rates.address(), Map.of());
    tokenRequests = buckets(rates.tokens(), Map.of());
  }

  private static ClientBuckets buckets(ClientBuckets.Rate rate, Map<String, ClientBuckets.Rate> own) {
    return new ClientBuckets(rate, own, MOST_BUCKETS, TimeMeter.SYSTEM_NANOTIME);
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (lets(request, response)) {
      chain.doFilter(request, response);
    }
  }

  private boolean lets(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = request.getRequestURI();
    if (RequestLanes.HEALTH.contains(path)) {
      return true;
    }
    if (path.equals("/oauth2/token") && !passes(tokenRequests, "token", addressOf(request), request, response)) {
      return false;
    }
    Principal user = request.getUserPrincipal();
    if (user == null) {
      return passes(addresses, "address", addressOf(request), request, response);
    }
    String client = user instanceof JsonWebToken token ? clientOf(token) : null;
    return passes(users, "user", user.getName(), request, response)
        && (client == null || passes(clients, "client", client, request, response));
  }

  /** The program that asked for the token, where its issuer says so (RFC 9068 section 2.2, OpenID Connect azp). */
  private static String clientOf(JsonWebToken token) {
    Object named = token.getClaim("client_id");
    Object client = named == null ? token.getClaim("azp") : named;
    return client instanceof String name ? name : null;
  }

  /** An IPv6 client commands a whole /64, so that is what counts. */
  static String addressOf(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    int groups = 0;
    for (int i = 0; address.indexOf(':') >= 0 && i < address.length(); i++) {
      if (address.charAt(i) == ':' && ++groups == 4) {
        return address.substring(0, i);
      }
    }
    return address;
  }

  private static boolean passes(ClientBuckets buckets, String policy, String name, HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    ConsumptionProbe probe = buckets.take(name);
    ClientBuckets.Rate rate = buckets.rateOf(name);
    if (probe.isConsumed() && probe.getRemainingTokens() * 2 >= rate.burst()) {
      return true;
    }
    long full = (probe.getNanosToWaitForReset() + NANOS - 1) / NANOS;
    response.setHeader("RateLimit-Policy", "\"" + policy + "\";q=" + rate.burst() + ";w=2");
    response.setHeader("RateLimit", "\"" + policy + "\";r=" + probe.getRemainingTokens() + ";t=" + full);
    if (probe.isConsumed()) {
      return true;
    }
    EdgeRefusal.of(new Problem(429, "TOO_MANY_REQUESTS", "You come too often",
        "this " + policy + " may come " + rate.perSecond() + " times per second; nothing was done",
        Map.of("policy", policy, "perSecond", rate.perSecond())))
        .retryAfter(Math.max(1, (probe.getNanosToWaitForRefill() + NANOS - 1) / NANOS)).write(request, response);
    return false;
  }
}
