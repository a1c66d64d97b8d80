package ai.qenex.web.security;

import ai.qenex.security.ProofClause;
import ai.qenex.security.ProofsOfPossession;
import ai.qenex.web.fault.ProblemAnswers;
import ai.qenex.web.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * A token that is bound to a key (claim {@code cnf}, RFC 9449) is good only with a proof that its bearer holds the key;
 * where the policy says so, only such tokens are good. A stolen token is then worth nothing.
 */
@Provider
@ApplicationScoped
@Priority(BoundTokenCheck.PRIORITY)
public class BoundTokenCheck implements ContainerRequestFilter {

  /** Behind the token check, in front of the roles. */
  static final int PRIORITY = Priorities.AUTHENTICATION + 100;
  static final String SCHEME = "DPoP ";
  static final String PROOF = "DPoP";

  @EJB private ProofsOfPossession proofs;
  @Inject
  @ConfigProperty(name = "qenex.edge.bound-calls", defaultValue = " ") private String boundCalls;
  @Context private ResourceInfo called;
  @Context private HttpServletRequest servlet;

  private volatile CallPolicy policy;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getSecurityContext().getUserPrincipal() instanceof JsonWebToken token) {
      Optional<ProofClause> refusal = token.containsClaim("cnf") ? bound(request, token)
          : policy().covers(token.getName(), request.getMethod(), CalledTemplate.of(called))
              ? Optional.of(ProofClause.PROOF_NEEDS_BOUND_TOKEN) : Optional.empty();
      refusal.ifPresent(clause -> request.abortWith(refused(clause)));
    }
  }

  private Optional<ProofClause> bound(ContainerRequestContext request, JsonWebToken token) {
    List<String> proof = request.getHeaders().getOrDefault(PROOF, List.of());
    String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    Optional<String> thumbprint = thumbprintOf(token.getClaim("cnf"));
    if (proof.isEmpty() || authorization == null || !authorization.startsWith(SCHEME) || thumbprint.isEmpty()) {
      return Optional.of(ProofClause.PROOF_REQUIRED);
    }
    if (proof.size() > 1) {
      return Optional.of(ProofClause.PROOF_MALFORMED);
    }
    var call = new ProofsOfPossession.Call(request.getMethod(), servlet.getRequestURL().toString(),
        Optional.of(authorization.substring(SCHEME.length())));
    var answer = proofs.judge(proof.get(0), call, thumbprint);
    return answer instanceof ProofsOfPossession.Answer.Refused refused ? Optional.of(refused.clause())
        : Optional.empty();
  }

  /** A token that is bound in another way, by a certificate say, has none and is good for nothing here. */
  private static Optional<String> thumbprintOf(Object confirmation) {
    Object thumbprint = confirmation instanceof Map<?, ?> members ? members.get("jkt") : null;
    return thumbprint instanceof JsonString text ? Optional.of(text.getString())
        : thumbprint instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private CallPolicy policy() {
    if (policy == null) {
      policy = CallPolicy.of("qenex.edge.bound-calls", boundCalls);
    }
    return policy;
  }

  private Response refused(ProofClause clause) {
    Response problem = ProblemAnswers.response(Problem.of(401, clause.name(), "The token's key is not proven",
        "send a proof of possession as RFC 9449 tells"), servlet.getRequestURI());
    return Response.fromResponse(problem).header(HttpHeaders.WWW_AUTHENTICATE, null)
        .header(HttpHeaders.WWW_AUTHENTICATE, "DPoP error=\"invalid_dpop_proof\", algs=\"ES256 EdDSA\"").build();
  }
}
