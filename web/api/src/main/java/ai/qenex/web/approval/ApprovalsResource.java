package ai.qenex.web.approval;

import ai.qenex.kernel.Page;
import ai.qenex.security.AmountLimits;
import ai.qenex.security.Approval;
import ai.qenex.security.Approval.State;
import ai.qenex.security.Approval.Verdict;
import ai.qenex.security.Approvals;
import ai.qenex.security.Approver;
import ai.qenex.security.Roles;
import ai.qenex.web.approval.ApprovalView.ApprovalPage;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Requests that wait for others to agree. A teller sees his own only. */
@Path("/api/v1/approvals")
@RequestScoped
@Tag(name = "approvals")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
public class ApprovalsResource {

  /** Claim with the most its bearer may approve at a time: {@code EUR=10000,*=0}. */
  private static final String LIMIT_CLAIM = "approval_limit";
  private static final AmountLimits NOTHING = AmountLimits.parse("*=0").orElseThrow();
  private static final Set<String> SEE_ALL =
      Set.of(Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR);

  @EJB private Approvals approvals;
  @Context private SecurityContext security;

  /** @param comment kept with the decision, 1 to 280 characters */
  public record DecisionRequest(Optional<String> comment) {}

  @GET
  @Operation(summary = "Requests for approval, newest first, perhaps of one state; twenty at most")
  public ApprovalPage list(@QueryParam("state") String state, @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    Optional<State> wanted = Optional.ofNullable(state).map(code -> State.ofCode(code).orElseThrow(
        () -> Values.invalid("state", "pending, approved, executing, executed, failed, rejected, withdrawn, expired")));
    Optional<UUID> after = Optional.ofNullable(cursor).map(text -> Values.uuid("cursor", text));
    Page<Approval> page = approvals.list(new Approvals.Wanted(wanted,
        seesAll() ? Optional.empty() : Optional.of(name()), after, Values.pageLimit(limit)));
    return new ApprovalPage(page.items().stream().map(ApprovalView::brief).toList(), page.next());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One request: what is asked, who decided, their signatures, and what it came to")
  public ApprovalView find(@PathParam("id") String id) {
    return approvals.find(existing(id)).filter(approval -> seesAll() || approval.call().maker().equals(name()))
        .map(ApprovalView::of).orElseThrow(ApprovalProblems::notFound);
  }

  @POST
  @Path("/{id}/approve")
  @RolesAllowed({Roles.OPERATOR, Roles.APPROVER, Roles.ADMINISTRATOR})
  @Operation(summary = "Approve a request of somebody else; the last approval lets it be carried out")
  @RequestBodySchema(DecisionRequest.class)
  public ApprovalView approve(@PathParam("id") String id, InputStream body) throws IOException {
    return decide(id, Verdict.APPROVE, body);
  }

  @POST
  @Path("/{id}/reject")
  @RolesAllowed({Roles.OPERATOR, Roles.APPROVER, Roles.ADMINISTRATOR})
  @Operation(summary = "Reject a request of somebody else, for good")
  @RequestBodySchema(DecisionRequest.class)
  public ApprovalView reject(@PathParam("id") String id, InputStream body) throws IOException {
    return decide(id, Verdict.REJECT, body);
  }

  @POST
  @Path("/{id}/withdraw")
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.ADMINISTRATOR})
  @Operation(summary = "Withdraw a request of one's own that is not decided yet")
  public ApprovalView withdraw(@PathParam("id") String id) {
    return ApprovalView.of(ApprovalProblems.require(approvals.withdraw(existing(id), name())));
  }

  private ApprovalView decide(String id, Verdict verdict, InputStream body) throws IOException {
    String comment = JsonBodyReader.readOptional(DecisionRequest.class, body).comment()
        .map(text -> Values.text("/comment", text, Approvals.MAX_COMMENT)).orElse("");
    Set<String> roles = Roles.GRANTABLE.stream().filter(security::isUserInRole).collect(Collectors.toSet());
    var approver = new Approver(name(), roles, limits());
    return ApprovalView.of(ApprovalProblems.require(approvals.decide(existing(id), approver, verdict, comment)));
  }

  /** A claim that cannot be read lets nothing be approved. */
  private AmountLimits limits() {
    if (security.getUserPrincipal() instanceof JsonWebToken token) {
      Optional<Object> claim = token.claim(LIMIT_CLAIM);
      return claim.map(text -> AmountLimits.parse(text.toString()).orElse(NOTHING)).orElse(AmountLimits.NONE);
    }
    return AmountLimits.NONE;
  }

  private boolean seesAll() {
    return SEE_ALL.stream().anyMatch(security::isUserInRole);
  }

  private String name() {
    return security.getUserPrincipal().getName();
  }

  private static UUID existing(String id) {
    if (!Values.isUuid(id)) {
      throw ApprovalProblems.notFound();
    }
    return UUID.fromString(id);
  }
}
