package ai.qenex.security;

/** Why a decision on a request, or a change of a policy, is refused. */
public enum ApprovalClause {
  /** It does not wait any longer; figure {@code state}. */
  APPROVAL_CLOSED,
  /** Its time is over; figure {@code expiresAt}. */
  APPROVAL_EXPIRED,
  /** Nobody approves what he asked for himself. */
  APPROVAL_OF_OWN_REQUEST,
  /** Nobody approves a change of his own rights. */
  APPROVAL_OF_OWN_RIGHTS,
  /** He has decided already. */
  APPROVAL_ALREADY_GIVEN,
  /** He has none of the roles the policy asks for; figure {@code roles}. */
  APPROVER_ROLE_MISSING,
  /** The policy names its approvers, and he is none of them. */
  APPROVER_NOT_NAMED,
  /** It moves more than he may approve; figures {@code asset}, {@code amount}, {@code limit}. */
  APPROVER_LIMIT_EXCEEDED,
  /** Only its maker withdraws a request. */
  NOT_THE_MAKER,
  /** The idempotency id was used for another request. */
  IDEMPOTENCY_KEY_REUSED,
  /** As many requests as may wait at a time do; figure {@code limit}. */
  TOO_MANY_PENDING
}
