package ai.qenex.payments;

import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * An order for one payment as it reaches us outside a file; accounts are named by text and judged by the rules.
 *
 * @param id idempotency id
 * @param debtor reference or IBAN of the account to debit; with a {@code debtorAgent} other than us an account of that
 * bank (incoming payment)
 * @param creditor reference or IBAN of the account to credit; with a {@code creditorAgent} other than us an account of
 * that bank
 */
public record PaymentOrder(
    UUID id, String endToEndId, Money amount, String debtor, Optional<String> debtorAgent, String debtorName,
    String creditor, Optional<String> creditorAgent, String creditorName, Optional<String> remittance,
    Optional<LocalDate> executionDate) {}
