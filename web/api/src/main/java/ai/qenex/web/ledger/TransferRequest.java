package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * A transfer as a client writes it.
 *
 * @param id idempotency id, a UUID
 * @param debit id, alias, IBAN or address
 * @param credit id, alias, IBAN or address
 * @param amount plain decimal in the asset's scale
 * @param valueDate ISO-8601 date
 */
public record TransferRequest(
    Optional<String> id,
    String debit,
    String credit,
    String amount,
    String asset,
    Optional<String> reference,
    Optional<String> valueDate) {}
