package ai.qenex.web.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
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
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Spares the server's MicroProfile JWT mechanism, whichever it is, the tokens it verified a moment ago: the signature
 * of a token costs more than the transfer it comes with. The mechanism decides alone who is let in; only its yes is
 * remembered, and only for the token that it says it read.
 */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public class TokenCheck implements HttpAuthenticationMechanism {

  private static final String SCHEME = "Bearer ";
  private static final int MAX_SECONDS = 3_600;
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final HttpAuthenticationMechanism mechanism;
  private final VerifiedTokens verified;
  private final InstantSource clock = InstantSource.system();

  @Inject
  public TokenCheck(@Delegate @Any HttpAuthenticationMechanism mechanism,
      @ConfigProperty(name = "qenex.token.verified-seconds", defaultValue = "60") int seconds) {
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.token.verified-seconds must be 0 to " + MAX_SECONDS);
    }
    this.mechanism = mechanism;
    this.verified = new VerifiedTokens(Duration.ofSeconds(seconds), clock);
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
    return mechanism.validateRequest(request, response, new Remembering(context, token.get()));
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

  /** Of the one header that says it; everything else is the mechanism's to judge. */
  private static Optional<String> tokenOf(HttpServletRequest request) {
    Enumeration<String> headers = request.getHeaders("Authorization");
    if (headers == null || !headers.hasMoreElements()) {
      return Optional.empty();
    }
    String header = headers.nextElement();
    return headers.hasMoreElements() || !header.startsWith(SCHEME) ? Optional.empty()
        : Optional.of(header.substring(SCHEME.length()));
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
