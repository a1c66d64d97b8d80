package ai.qenex.web.payments;

import java.util.Optional;

/**
 * An order for one payment.
 *
 * @param id idempotency id, a UUID
 * @param endToEndId the customer's own name for it, at most 35 characters; absent: made from the id
 * @param debtor account to debit: id, alias or IBAN; with a {@code debtorAgent} other than us an IBAN or account number
 * there
 * @param creditor account to credit, likewise
 * @param amount decimal in the asset's scale
 * @param debtorAgent BIC of the debtor's bank; absent: us
 * @param creditorAgent BIC of the creditor's bank; absent: us
 * @param remittance what it is for, at most 140 characters
 * @param executionDate ISO-8601 date; absent: now
 */
public record PaymentRequest(
    Optional<String> id,
    Optional<String> endToEndId,
    String debtor,
    String creditor,
    String amount,
    String asset,
    Optional<String> debtorName,
    Optional<String> creditorName,
    Optional<String> debtorAgent,
    Optional<String> creditorAgent,
    Optional<String> remittance,
    Optional<String> executionDate) {}
