package ai.qenex.web.security;

import ai.qenex.security.Roles;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContextWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Spares the server's MicroProfile JWT mechanism, whichever it is, the tokens it verified a moment ago: the signature
 * of a token costs more than the transfer it comes with. The mechanism decides alone who is let in; only its yes is
 * remembered, and only for the token that it says it read. {@link KnownCallers} asks the same memory earlier.
 */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public class TokenCheck implements HttpAuthenticationMechanism {

  private static final String SCHEME = "Bearer ";
  /** Half of the server's threads at most wait for a provider of keys. */
  private static final int MOST_VERIFICATIONS = 48;
  private static final Duration SLOW = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_SLOW = Duration.ofSeconds(5);
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final HttpAuthenticationMechanism mechanism;
  private final VerifiedTokens verified;
  private final InstantSource clock = InstantSource.system();
  private final VerificationGate gate =
      new VerificationGate(MOST_VERIFICATIONS, SLOW.toNanos(), PAUSE_AFTER_SLOW.toNanos());

  @Inject
  public TokenCheck(@Delegate @Any HttpAuthenticationMechanism mechanism, RecentTokens recent) {
    this.mechanism = mechanism;
    this.verified = recent.verified();
  }

  @Override
  public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response,
      HttpMessageContext context) throws AuthenticationException {
    Optional<String> token = tokenOf(request);
    if (token.isEmpty()) {
      return mechanism.validateRequest(request, response, context);
    }
    Optional<VerifiedTokens.Verified> known = verified.find(token.get());
    if (known.isPresent()) {
      return context.notifyContainerAboutLogin(known.get().bearer(), known.get().groups());
    }
    long begun = System.nanoTime();
    if (!gate.tryEnter(begun)) {
      response.setHeader("Retry-After", "1");
      sendUnavailable(response);
      return AuthenticationStatus.SEND_FAILURE;
    }
    try {
      return mechanism.validateRequest(new AsBearer(request, token.get()), response,
          new Remembering(context, token.get()));
    } finally {
      gate.leave(begun, System.nanoTime());
    }
  }

  @Override
  public AuthenticationStatus secureResponse(HttpServletRequest request, HttpServletResponse response,
      HttpMessageContext context) throws AuthenticationException {
    return mechanism.secureResponse(request, response, context);
  }

  @Override
  public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    mechanism.cleanSubject(request, response, context);
  }

  private static void sendUnavailable(HttpServletResponse response) throws AuthenticationException {
    try {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } catch (IOException e) {
      throw new AuthenticationException("The refusal cannot be sent", e);
    }
  }

  /** Of the one header that says it; everything else is the mechanism's to judge. */
  static Optional<String> tokenOf(HttpServletRequest request) {
    Enumeration<String> headers = request.getHeaders("Authorization");
    if (headers == null || !headers.hasMoreElements()) {
      return Optional.empty();
    }
    String header = headers.nextElement();
    if (headers.hasMoreElements()) {
      return Optional.empty();
    }
    return Stream.of(SCHEME, BoundTokenCheck.SCHEME).filter(header::startsWith)
        .map(scheme -> header.substring(scheme.length())).findFirst();
  }

  /** The mechanism knows one scheme only; whether a token came by the right one is {@link BoundTokenCheck}'s to ask. */
  private static final class AsBearer extends HttpServletRequestWrapper {

    private final String bearer;

    AsBearer(HttpServletRequest request, String token) {
      super(request);
      bearer = SCHEME + token;
    }

    @Override
    public String getHeader(String name) {
      return "Authorization".equalsIgnoreCase(name) ? bearer : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return "Authorization".equalsIgnoreCase(name) ? Collections.enumeration(List.of(bearer))
          : super.getHeaders(name);
    }
  }

  private static boolean issuedAfter(JsonWebToken jwt, Instant latest) {
    return jwt.getIssuedAtTime() > latest.getEpochSecond();
  }

  /** The role of our own background work opens doors inside; whoever may sign tokens shall not hand it out. */
  static Set<String> withoutService(Set<String> named) {
    if (!named.contains(Roles.SERVICE)) {
      return named;
    }
    Set<String> groups = new HashSet<>(named);
    groups.remove(Roles.SERVICE);
    return groups;
  }

  /** Hears what the mechanism tells the container. */
  private final class Remembering extends HttpMessageContextWrapper {

    private final String token;

    Remembering(HttpMessageContext context, String token) {
      super(context);
      this.token = token;
    }

    @Override
    public AuthenticationStatus notifyContainerAboutLogin(Principal bearer, Set<String> named) {
      // the server's mechanism takes tokens from the future; whose clock is that wrong, or who made them in advance?
      if (bearer instanceof JsonWebToken jwt && issuedAfter(jwt, clock.instant().plus(SKEW))) {
        return responseUnauthorized();
      }
      Set<String> groups = withoutService(named);
      AuthenticationStatus status = super.notifyContainerAboutLogin(bearer, groups);
      // the mechanism may have read its token elsewhere, from a cookie say
      if (status == AuthenticationStatus.SUCCESS && bearer instanceof JsonWebToken jwt
          && token.equals(jwt.getRawToken())) {
        verified.remember(token, bearer, groups, Instant.ofEpochSecond(jwt.getExpirationTime()));
      }
      return status;
    }
  }
}
