/**
 * Approvals over HTTP. A resource method marked {@link ai.qenex.web.approval.Sensitive} is watched by
 * {@link ai.qenex.web.approval.ApprovalFilter}: where a policy asks for approval, the request is kept and answered 202,
 * and comes back when others have approved it.
 */
package ai.qenex.web.approval;
