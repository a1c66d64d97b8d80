package ai.qenex.payments.iso20022;

import ai.qenex.payments.StatusReason;
import java.util.List;

/**
 * A document is not one of our profile; says where and why, at most
 * {@link ai.qenex.payments.PaymentFiles.Receipt.Unreadable#MAX_FAULTS} times.
 */
public final class UnreadableDocumentException extends Exception {

  private final transient List<StatusReason> faults;

  UnreadableDocumentException(List<StatusReason> faults) {
    super(faults.isEmpty() ? "unreadable" : faults.get(0).path() + ": " + faults.get(0).detail());
    this.faults = List.copyOf(faults);
  }

  public List<StatusReason> faults() {
    return faults;
  }
}
