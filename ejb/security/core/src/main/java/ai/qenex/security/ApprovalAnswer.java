package ai.qenex.security;

/** What became of a wish about a request. */
public sealed interface ApprovalAnswer {

  /** The request as it is now. */
  record Known(Approval approval) implements ApprovalAnswer {}

  /** Nothing was changed. */
  record Refused(ApprovalRefusal refusal) implements ApprovalAnswer {}

  /** There is no such request. */
  record Missing() implements ApprovalAnswer {}
}
