package ai.qenex.web.payments;

import ai.qenex.payments.StatusReason;

/**
 * @param code of the ISO 20022 external code set {@code ExternalStatusReason1Code}
 * @param path of the element that is wrong; may be empty
 */
public record ReasonView(String code, String path, String detail) {

  static ReasonView of(StatusReason reason) {
    return new ReasonView(reason.code(), reason.path(), reason.detail());
  }
}
