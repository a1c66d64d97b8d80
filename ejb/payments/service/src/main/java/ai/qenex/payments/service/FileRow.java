package ai.qenex.payments.service;

import ai.qenex.payments.PaymentFile;
import ai.qenex.payments.PaymentFile.Status;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A payment file as it is stored.
 *
 * @param origin who sent what
 * @param payments how many it holds
 * @param taken how many of them have been judged
 * @param updatedAt when a payment of it last changed as part of a whole
 */
record FileRow(
    UUID id, byte[] sha256, Origin origin, Status status, int groups, int payments, Optional<BigDecimal> controlSum,
    int taken, Optional<StatusReason> reason, Instant receivedAt, Optional<Instant> finishedAt, Instant updatedAt) {

  /** Who sent what. */
  record Origin(String messageId, String messageType, String initiatingParty, String submitter) {}

  /** @param stored counts of the payments that have a row */
  PaymentFile toFile(Map<PaymentStatus, Integer> stored) {
    return new PaymentFile(id, origin.messageId(), origin.messageType(), status, groups, payments, byStatus(stored),
        reason,
        receivedAt, finishedAt);
  }

  /** Payments without a row are received, or refused with their file. */
  Map<PaymentStatus, Integer> byStatus(Map<PaymentStatus, Integer> stored) {
    var counts = new EnumMap<PaymentStatus, Integer>(PaymentStatus.class);
    counts.putAll(stored);
    int rest = payments - stored.values().stream().mapToInt(Integer::intValue).sum();
    if (rest > 0) {
      counts.merge(status == Status.REJECTED ? PaymentStatus.REJECTED : PaymentStatus.RECEIVED, rest, Integer::sum);
    }
    return counts;
  }
}
