package ai.qenex.web.approval;

import ai.qenex.security.Approval;
import ai.qenex.security.ApprovalAnswer;
import ai.qenex.security.ApprovalClause;
import ai.qenex.security.ApprovalRefusal;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.util.LinkedHashMap;

/** How a refused decision is told. */
final class ApprovalProblems {

  private ApprovalProblems() {}

  /** @throws ProblemException 404 or 422, unless there is an approval */
  static Approval require(ApprovalAnswer answer) {
    if (answer instanceof ApprovalAnswer.Known known) {
      return known.approval();
    }
    if (answer instanceof ApprovalAnswer.Refused refused) {
      throw new ProblemException(of(refused.refusal()));
    }
    throw notFound();
  }

  static ProblemException notFound() {
    return new ProblemException(Problem.notFound("APPROVAL_NOT_FOUND", "no request for approval has that id"));
  }

  private static Problem of(ApprovalRefusal refusal) {
    return new Problem(422, refusal.clause().name(), "The decision is refused", detail(refusal.clause()),
        new LinkedHashMap<>(refusal.figures()));
  }

  private static String detail(ApprovalClause clause) {
    return switch (clause) {
      case APPROVAL_CLOSED -> "it is decided already";
      case APPROVAL_EXPIRED -> "it has waited too long";
      case APPROVAL_OF_OWN_REQUEST -> "somebody else has to approve what you asked for";
      case APPROVAL_OF_OWN_RIGHTS -> "somebody else has to approve a change of your rights";
      case APPROVAL_ALREADY_GIVEN -> "you have decided on it already; another approver has to agree";
      case APPROVER_ROLE_MISSING -> "the policy asks for an approver of another role";
      case APPROVER_NOT_NAMED -> "the policy names its approvers";
      case APPROVER_LIMIT_EXCEEDED -> "it moves more than you may approve";
      case NOT_THE_MAKER -> "only its maker withdraws a request";
      case IDEMPOTENCY_KEY_REUSED -> "the id was used for another request";
      case TOO_MANY_PENDING -> "too many of your requests wait for approval";
    };
  }
}
