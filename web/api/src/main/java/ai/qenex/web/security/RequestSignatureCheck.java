package ai.qenex.web.security;

import ai.qenex.security.RequestSignatures;
import ai.qenex.security.SignatureClause;
import ai.qenex.security.SignedRequest;
import ai.qenex.web.approval.ApprovedLogin;
import ai.qenex.web.json.BoundedBody;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Verifies the signature of a request that carries one (RFC 9421), and asks for one where the policy does. It stands
 * behind the roles, so that only who may call at all has us read a body.
 */
@Provider
@ApplicationScoped
@Priority(RequestSignatureCheck.PRIORITY)
public class RequestSignatureCheck implements ContainerRequestFilter {

  /** Behind the roles; in front of step-up, approval and audit. */
  static final int PRIORITY = Priorities.AUTHORIZATION + 100;

  @EJB private RequestSignatures signatures;
  @Inject
  @ConfigProperty(name = "qenex.edge.signed-calls", defaultValue = " ") private String signedCalls;
  @Context private ResourceInfo called;
  @Context private HttpServletRequest servlet;

  private volatile CallPolicy policy;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    Principal user = request.getSecurityContext().getUserPrincipal();
    // what was approved was signed when it was asked for, and is sent by this node itself
    if (user == null || ApprovedLogin.callOf(servlet).isPresent()) {
      return;
    }
    if (!request.getHeaders().containsKey("Signature-Input") && !request.getHeaders().containsKey("Signature")) {
      if (policy().covers(user.getName(), request.getMethod(), CalledTemplate.of(called))) {
        throw refused(SignatureClause.SIGNATURE_REQUIRED);
      }
      return;
    }
    byte[] body = new BoundedBody(request.getEntityStream(), RequestSignatures.MAX_BODY).readAllBytes();
    request.setEntityStream(new ByteArrayInputStream(body));
    String query = servlet.getQueryString();
    Optional<SignatureClause> refusal = signatures.judge(new SignedRequest(request.getMethod(),
        servlet.getRequestURI(), query == null ? "" : query, request.getHeaders(), body), user.getName());
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
  }

  private CallPolicy policy() {
    if (policy == null) {
      policy = CallPolicy.of("qenex.edge.signed-calls", signedCalls);
    }
    return policy;
  }

  private static ProblemException refused(SignatureClause clause) {
    String what = clause.name().toLowerCase(Locale.ROOT).substring("signature_".length()).replace('_', ' ');
    return new ProblemException(Problem.of(401, clause.name(), "The request is not signed as it must be",
        "signature: " + what));
  }
}
