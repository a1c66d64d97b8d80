package ai.qenex.web.approval;

import ai.qenex.security.Approvals;
import ai.qenex.security.SensitiveCall;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.ejb.EJB;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * Lets a request in that this node sends to itself because others have approved it. Its secret is good once; the caller
 * becomes the one who asked for it, with the roles he still has, and the request is marked as the approved one, which a
 * client has no way to do.
 */
@Decorator
@Priority(Interceptor.Priority.APPLICATION - 100)
public class ApprovedLogin implements HttpAuthenticationMechanism {

  private static final String SCHEME = "Approval ";
  private static final String MARK = ApprovedLogin.class.getName();

  private final HttpAuthenticationMechanism mechanism;
  @EJB private Approvals approvals;

  @Inject
  public ApprovedLogin(@Delegate @Any HttpAuthenticationMechanism mechanism) {
    this.mechanism = mechanism;
  }

  /** The approved request that this is, if it is one: then it was judged when it was made. */
  public static Optional<SensitiveCall> callOf(HttpServletRequest request) {
    return request.getAttribute(MARK) instanceof SensitiveCall call ? Optional.of(call) : Optional.empty();
  }

  @Override
  public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response,
      HttpMessageContext context) throws AuthenticationException {
    String header = request.getHeader("Authorization");
    if (header == null || !header.startsWith(SCHEME)) {
      return mechanism.validateRequest(request, response, context);
    }
    Optional<SensitiveCall> call = approvals.redeem(header.substring(SCHEME.length()));
    if (call.isEmpty()) {
      return context.responseUnauthorized();
    }
    request.setAttribute(MARK, call.get());
    return context.notifyContainerAboutLogin(new CallerPrincipal(call.get().maker()), call.get().makerRoles());
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
}
