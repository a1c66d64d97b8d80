package ai.qenex.web.approval;

import ai.qenex.security.AmountLimits;
import ai.qenex.security.ApprovalPolicy;
import ai.qenex.security.Approvals;
import ai.qenex.security.Operation;
import ai.qenex.security.Roles;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What needs whose approval. */
@Path("/api/v1/approval-policies")
@RequestScoped
@Tag(name = "approvals")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
public class ApprovalPoliciesResource {

  private static final long DAY_SECONDS = 86_400;

  @EJB private Approvals approvals;

  /**
   * @param operation such as {@code transfer}, {@code account-limit} or {@code job}
   * @param above only what moves more than this: {@code EUR=10000,USD=12000,*=0}; everything if absent
   * @param internalOnly only what moves an account of the bank's own
   * @param needed how many others have to approve
   * @param roles of which an approver has one: {@code approver} if absent
   * @param approvers the only ones who may approve; whoever has the role if absent
   * @param lifeSeconds how long a request waits, a day if absent
   */
  public record PolicyBody(String operation, Optional<String> above, Optional<Boolean> internalOnly, int needed,
      Optional<List<String>> roles, Optional<List<String>> approvers, Optional<Long> lifeSeconds) {}

  /** A policy under its name. */
  public record PolicyView(String name, String operation, Optional<String> above, boolean internalOnly, int needed,
      List<String> roles, List<String> approvers, long lifeSeconds) {

    static PolicyView of(ApprovalPolicy policy) {
      return new PolicyView(policy.name(), policy.operation().code(),
          policy.above().areGiven() ? Optional.of(policy.above().toString()) : Optional.empty(),
          policy.internalOnly(), policy.needed(), policy.roles().stream().sorted().toList(),
          policy.approvers().stream().sorted().toList(), policy.life().toSeconds());
    }
  }

  public record PolicyList(List<PolicyView> items) {}

  @GET
  @org.eclipse.microprofile.openapi.annotations.Operation(summary = "The policies in force")
  public PolicyList list() {
    return new PolicyList(approvals.storedPolicies().stream().map(PolicyView::of).toList());
  }

  @PUT
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMINISTRATOR)
  @Sensitive(Operation.POLICY_CHANGE)
  @org.eclipse.microprofile.openapi.annotations.Operation(summary = "Make a policy, or put another one in its place")
  public PolicyView keep(@PathParam("name") String name, PolicyBody body, @Context SecurityContext who) {
    ApprovalPolicy policy = policyOf(name, body);
    approvals.keepPolicy(policy, who.getUserPrincipal().getName());
    return PolicyView.of(policy);
  }

  @DELETE
  @Path("/{name}")
  @RolesAllowed(Roles.ADMINISTRATOR)
  @Sensitive(Operation.POLICY_CHANGE)
  @org.eclipse.microprofile.openapi.annotations.Operation(summary = "Ask for that approval no longer")
  @APIResponse(responseCode = "204", description = "Gone; requests that wait keep waiting for their approvals")
  public Response drop(@PathParam("name") String name, @Context SecurityContext who) {
    if (!approvals.dropPolicy(name, who.getUserPrincipal().getName())) {
      throw new ProblemException(Problem.notFound("APPROVAL_POLICY_NOT_FOUND", "no policy has that name"));
    }
    return Response.noContent().build();
  }

  private static ApprovalPolicy policyOf(String name, PolicyBody body) {
    Operation operation = Operation.ofCode(body.operation()).orElseThrow(() -> Values.invalid("/operation",
        "one of " + Arrays.stream(Operation.values()).map(Operation::code).toList()));
    AmountLimits above = body.above().map(text -> AmountLimits.parse(text)
        .orElseThrow(() -> Values.invalid("/above", "sums by asset such as EUR=10000,*=0"))).orElse(AmountLimits.NONE);
    Set<String> roles = names("/roles", body.roles().orElse(List.of(Roles.APPROVER)));
    Set<String> approvers = names("/approvers", body.approvers().orElse(List.of()));
    long life = body.lifeSeconds().orElse(DAY_SECONDS);
    return Values.build("", () -> new ApprovalPolicy(name, operation, above, body.internalOnly().orElse(false),
        body.needed(), roles, approvers, Duration.ofSeconds(life)));
  }

  private static Set<String> names(String path, List<String> names) {
    Set<String> all = new HashSet<>(names);
    if (all.contains(null) || all.size() != names.size()) {
      throw Values.invalid(path, "names, each of them once");
    }
    return all;
  }
}
