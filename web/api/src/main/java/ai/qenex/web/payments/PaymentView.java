package ai.qenex.web.payments;

import ai.qenex.payments.Payment;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A payment and its life so far.
 *
 * @param file the payment file it came in; absent if it was ordered singly
 * @param transferId the transfer that booked it
 */
public record PaymentView(
    UUID id, Optional<UUID> file, String endToEndId, String amount, String asset, String debtor, String creditor,
    Optional<String> debtorAgent, Optional<String> creditorAgent, Optional<String> remittance, String status,
    Optional<ReasonView> reason, Optional<UUID> transferId, Optional<LocalDate> businessDate, List<Step> history) {

  /** One step of its life. */
  public record Step(String status, Instant at, Optional<ReasonView> reason) {}

  static PaymentView of(Payment payment) {
    return new PaymentView(payment.id(), payment.file(), payment.endToEndId(), payment.amount().toDecimalString(),
        payment.amount().asset().code(), payment.debtor(), payment.creditor(), payment.debtorAgent(),
        payment.creditorAgent(),
        payment.remittance(), payment.status().code(), payment.reason().map(ReasonView::of), payment.transferId(),
        payment.businessDate().map(date -> date.date()),
        payment.history().stream()
            .map(step -> new Step(step.status().code(), step.at(), step.reason().map(ReasonView::of))).toList());
  }
}
