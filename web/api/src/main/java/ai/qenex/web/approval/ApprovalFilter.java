package ai.qenex.web.approval;

import ai.qenex.kernel.UuidV7;
import ai.qenex.security.ApprovalAnswer;
import ai.qenex.security.ApprovalPolicies;
import ai.qenex.security.ApprovalPolicy;
import ai.qenex.security.Approvals;
import ai.qenex.security.Operation;
import ai.qenex.security.OperationFigures;
import ai.qenex.security.Roles;
import ai.qenex.security.SensitiveCall;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.BoundedBody;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Stands before a sensitive method. Without a policy for it the request goes on at the cost of one look at a map; with
 * one whose sum it exceeds it is kept for approval instead, and the answer is 202 with the place of the approval. A
 * request that was approved comes through here again, and goes on if it is that request, byte by byte.
 */
public final class ApprovalFilter implements ContainerRequestFilter {

  private static final String PLACE = "/api/v1/approvals/";
  private static final int NO_LONGER_KNOWN = 403;

  private final Operation operation;
  private final Approvals approvals;
  private final ApprovalPolicies policies;
  private final ReadFigures figures;
  private final HttpServletRequest servletRequest;

  ApprovalFilter(Operation operation, Approvals approvals, ReadFigures figures, HttpServletRequest servletRequest) {
    this.operation = operation;
    this.approvals = approvals;
    this.policies = approvals.policies();
    this.figures = figures;
    this.servletRequest = servletRequest;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    Optional<SensitiveCall> approved = ApprovedLogin.callOf(servletRequest);
    if (approved.isPresent()) {
      requireSame(approved.get(), request);
      return;
    }
    if (!policies.concern(operation)) {
      return;
    }
    byte[] body = body(request);
    OperationFigures found = figures.of(operation, request.getUriInfo().getPathParameters(), body);
    Optional<ApprovalPolicy> policy = policies.askedBy(operation, found);
    if (policy.isPresent()) {
      request.abortWith(keep(call(request, policy.get(), found, body), policy.get()));
    }
  }

  private void requireSame(SensitiveCall call, ContainerRequestContext request) throws IOException {
    URI address = request.getUriInfo().getRequestUri();
    if (call.operation() != operation
        || !call.isSame(request.getMethod(), address.getRawPath(), queryOf(address), body(request))) {
      throw new ProblemException(Problem.of(NO_LONGER_KNOWN, "FORBIDDEN", "Not with your roles",
          "this is not the request that was approved"));
    }
  }

  /** What the client sent, which whoever comes next can read again. */
  private static byte[] body(ContainerRequestContext request) throws IOException {
    byte[] body = new BoundedBody(request.getEntityStream(), SensitiveCall.MAX_BODY).readAllBytes();
    request.setEntityStream(new ByteArrayInputStream(body));
    return body;
  }

  private SensitiveCall call(ContainerRequestContext request, ApprovalPolicy policy, OperationFigures found,
      byte[] body) {
    SecurityContext security = request.getSecurityContext();
    String maker = security.getUserPrincipal().getName();
    UUID operationId = ReadFigures.idOf(body).map(id -> Values.uuid("/id", id))
        .orElseGet(() -> IdempotencyKey.idOf(request.getHeaderString(IdempotencyKey.HEADER), maker));
    Set<String> roles = Roles.GRANTABLE.stream().filter(security::isUserInRole).collect(Collectors.toSet());
    URI address = request.getUriInfo().getRequestUri();
    MediaType type = request.getMediaType();
    return Values.build("", () -> new SensitiveCall(UuidV7.derived(operationId, "approval:" + maker), operation, found,
        policy.name(), policy.needed(), policy.roles(), policy.approvers(), maker, roles, request.getMethod(),
        address.getRawPath(), queryOf(address), type == null ? "" : type.toString(), operationId, body));
  }

  private static String queryOf(URI address) {
    return address.getRawQuery() == null ? "" : address.getRawQuery();
  }

  private Response keep(SensitiveCall call, ApprovalPolicy policy) {
    ApprovalAnswer answer = approvals.request(call, policy);
    return Response.accepted(ApprovalView.of(ApprovalProblems.require(answer)))
        .type(MediaType.APPLICATION_JSON_TYPE).location(URI.create(PLACE + call.id())).build();
  }
}
