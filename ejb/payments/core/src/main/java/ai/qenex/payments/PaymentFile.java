package ai.qenex.payments;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A payment file and how far it is.
 *
 * @param messageId {@code GrpHdr/MsgId}
 * @param groups number of {@code PmtInf} blocks
 * @param payments number of {@code CdtTrfTxInf} elements
 * @param byStatus how many payments stand where
 */
public record PaymentFile(
    UUID id, String messageId, String messageType, Status status, int groups, int payments,
    Map<PaymentStatus, Integer> byStatus, Optional<StatusReason> reason, Instant receivedAt,
    Optional<Instant> finishedAt) {

  public PaymentFile {
    byStatus = Map.copyOf(byStatus);
  }

  /** Life of a file. */
  public enum Status {
    RECEIVED, PROCESSING, FINISHED, REJECTED;

    /** The lower-case name that the API speaks. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
