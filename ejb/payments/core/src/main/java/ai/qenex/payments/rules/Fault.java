package ai.qenex.payments.rules;

import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;

/**
 * One rule that was not kept.
 *
 * @param detail one plain sentence
 */
public record Fault(ReasonCode code, Part part, String detail) {

  /** Of a transfer in a file. */
  public StatusReason in(CreditTransfer transfer) {
    return reason(part.elementPath(InitiationGroup.pathOf(transfer.group()), transfer.path()));
  }

  /** Of a group or its file. */
  public StatusReason in(InitiationGroup group) {
    return reason(part.elementPath(group.path(), group.path()));
  }

  /** Of a file's header. */
  public StatusReason inHeader() {
    return reason(part.elementPath("", ""));
  }

  /** Of a single order. */
  public StatusReason inOrder() {
    return reason(part.memberPath());
  }

  private StatusReason reason(String path) {
    return new StatusReason(code.name(), path, detail);
  }
}
