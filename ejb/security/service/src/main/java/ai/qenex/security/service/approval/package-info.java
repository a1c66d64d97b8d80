/**
 * Approvals at work: requests, decisions and policies in schema {@code security}
 * ({@link ai.qenex.security.service.approval.ApprovalStore}, {@link ai.qenex.security.service.approval.PolicyStore}),
 * the desk that decides on them in one transaction each, and
 * {@link ai.qenex.security.service.approval.CarryOutApproved}, which carries out what was approved, exactly once.
 */
package ai.qenex.security.service.approval;
