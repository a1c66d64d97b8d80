package ai.qenex.web.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
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
    @JsonProperty(required = true) String debit,
    @JsonProperty(required = true) String credit,
    @JsonProperty(required = true) String amount,
    @JsonProperty(required = true) String asset,
    Optional<String> reference,
    Optional<String> valueDate) {}
