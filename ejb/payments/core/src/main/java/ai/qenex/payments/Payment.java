package ai.qenex.payments;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One payment and its life so far.
 *
 * @param file the payment file it came in, empty if it was ordered singly
 * @param endToEndId the customer's own name for it, at most 35 characters
 * @param debtor account of ours by IBAN, or another bank's for an incoming payment
 * @param creditorAgent BIC of the creditor's bank, where given
 * @param transferId the ledger transfer that booked it
 * @param businessDate the day it was booked into
 */
public record Payment(
    UUID id, Optional<UUID> file, String endToEndId, Money amount, String debtor, String creditor,
    Optional<String> debtorAgent,
    Optional<String> creditorAgent, Optional<String> remittance, PaymentStatus status, Optional<StatusReason> reason,
    Optional<UUID> transferId, Optional<BusinessDate> businessDate, List<Step> history) {

  public Payment {
    history = List.copyOf(history);
  }

  /** One step of its life. */
  public record Step(PaymentStatus status, Instant at, Optional<StatusReason> reason) {}
}
