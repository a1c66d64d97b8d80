/**
 * The rules of approvals as pure functions: {@link ai.qenex.security.approval.CallForm} is the canonical form that is
 * hashed and signed, {@link ai.qenex.security.approval.JudgeDecision} says who may decide what.
 */
package ai.qenex.security.approval;
