package ai.qenex.web.approval;

import ai.qenex.security.ApprovalPolicy;
import ai.qenex.security.Approvals;
import ai.qenex.security.Operation;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;

/**
 * Closes the back door of approvals. A request with a secret in it, or in its answer, is not kept for others to read;
 * but whoever could make an approver or get an approver's password alone could approve for himself. While changes of
 * rights need approval, that is therefore done only for those who cannot approve; what they lack they get by a change.
 */
@ApplicationScoped
public class RightsGate {

  @EJB private Approvals approvals;

  /** @throws ProblemException 422 {@code APPROVAL_REQUIRED} if somebody with these roles could approve */
  public void requireNoApprover(Collection<String> roles) {
    if (approvals.policies().concern(Operation.RIGHTS_CHANGE)
        && !Collections.disjoint(roles, ApprovalPolicy.APPROVING)) {
      throw new ProblemException(Problem.of(422, "APPROVAL_REQUIRED", "Others have to approve",
          "changes of rights need approval: no secret is set for roles that can approve;"
              + " change the roles before or after"));
    }
  }
}
