package ai.qenex.security.approval;

import ai.qenex.kernel.Money;
import ai.qenex.security.Approval;
import ai.qenex.security.Approval.State;
import ai.qenex.security.ApprovalClause;
import ai.qenex.security.ApprovalRefusal;
import ai.qenex.security.Approver;
import ai.qenex.security.SensitiveCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who may decide on a request (invariant APPROVAL-1). */
public final class JudgeDecision {

  private JudgeDecision() {}

  /** Why the approver may not approve it now; empty: he may. */
  public static Optional<ApprovalRefusal> approve(Approval approval, Approver approver, Instant now) {
    return decide(approval, approver, now).or(() -> aboveLimit(approval.call(), approver));
  }

  /** Why the approver may not reject it now; empty: he may. No sum is too large for a no. */
  public static Optional<ApprovalRefusal> reject(Approval approval, Approver approver, Instant now) {
    return decide(approval, approver, now);
  }

  /** Why the caller may not withdraw it now; empty: he may. */
  public static Optional<ApprovalRefusal> withdraw(Approval approval, String caller) {
    if (!approval.call().maker().equals(caller)) {
      return refused(ApprovalClause.NOT_THE_MAKER);
    }
    return closed(approval);
  }

  private static Optional<ApprovalRefusal> decide(Approval approval, Approver approver, Instant now) {
    SensitiveCall call = approval.call();
    if (call.maker().equals(approver.name())) {
      return refused(ApprovalClause.APPROVAL_OF_OWN_REQUEST);
    }
    if (call.figures().concerns().equals(approver.name())) {
      return refused(ApprovalClause.APPROVAL_OF_OWN_RIGHTS);
    }
    if (Collections.disjoint(call.approverRoles(), approver.roles())) {
      return Optional.of(new ApprovalRefusal(ApprovalClause.APPROVER_ROLE_MISSING,
          Map.of("roles", String.join(",", new TreeSet<>(call.approverRoles())))));
    }
    if (!call.approvers().isEmpty() && !call.approvers().contains(approver.name())) {
      return refused(ApprovalClause.APPROVER_NOT_NAMED);
    }
    if (approval.decisions().stream().anyMatch(decision -> decision.approver().equals(approver.name()))) {
      return refused(ApprovalClause.APPROVAL_ALREADY_GIVEN);
    }
    return closed(approval).or(() -> late(approval, now));
  }

  private static Optional<ApprovalRefusal> closed(Approval approval) {
    return approval.state() == State.PENDING ? Optional.empty()
        : Optional.of(
            new ApprovalRefusal(ApprovalClause.APPROVAL_CLOSED, Map.of("state", approval.state().code())));
  }

  private static Optional<ApprovalRefusal> late(Approval approval, Instant now) {
    return now.isBefore(approval.expiresAt()) ? Optional.empty()
        : Optional.of(new ApprovalRefusal(ApprovalClause.APPROVAL_EXPIRED,
            Map.of("expiresAt", approval.expiresAt().toString())));
  }

  private static Optional<ApprovalRefusal> aboveLimit(SensitiveCall call, Approver approver) {
    if (call.figures().open() && approver.limits().areGiven()) {
      return Optional.of(new ApprovalRefusal(ApprovalClause.APPROVER_LIMIT_EXCEEDED,
          Map.of("limit", approver.limits().toString())));
    }
    for (Money amount : call.figures().amounts()) {
      Optional<BigDecimal> limit = approver.limits().below(amount);
      if (limit.isPresent()) {
        return Optional.of(new ApprovalRefusal(ApprovalClause.APPROVER_LIMIT_EXCEEDED,
            Map.of("asset", amount.asset().code(), "amount", amount.toDecimalString(), "limit",
                limit.get().toPlainString())));
      }
    }
    return Optional.empty();
  }

  private static Optional<ApprovalRefusal> refused(ApprovalClause clause) {
    return Optional.of(ApprovalRefusal.of(clause));
  }
}
