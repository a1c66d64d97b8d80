package ai.qenex.web.payments;

import ai.qenex.payments.PaymentFile;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A payment file and how far it is.
 *
 * @param messageId {@code GrpHdr/MsgId}
 * @param groups number of {@code PmtInf} blocks
 * @param payments number of {@code CdtTrfTxInf} elements
 * @param byStatus how many payments stand where
 */
public record PaymentFileView(
    UUID id, String messageId, String messageType, String status, int groups, int payments,
    Map<String, Integer> byStatus,
    Optional<ReasonView> reason, Instant receivedAt, Optional<Instant> finishedAt) {

  static PaymentFileView of(PaymentFile file) {
    Map<String, Integer> byStatus = new TreeMap<>();
    file.byStatus().forEach((status, count) -> byStatus.put(status.code(), count));
    return new PaymentFileView(file.id(), file.messageId(), file.messageType(), file.status().code(), file.groups(),
        file.payments(),
        byStatus, file.reason().map(ReasonView::of), file.receivedAt(), file.finishedAt());
  }

  /**
   * What taking a file in is answered with; the same for the same file, however far it is meanwhile.
   *
   * @param status {@code received}, or {@code rejected} as a whole
   */
  public record Receipt(UUID id, String messageId, String status, int groups, int payments) {

    static Receipt of(PaymentFile file) {
      PaymentFile.Status told =
          file.status() == PaymentFile.Status.REJECTED ? file.status() : PaymentFile.Status.RECEIVED;
      return new Receipt(file.id(), file.messageId(), told.code(), file.groups(), file.payments());
    }
  }
}
