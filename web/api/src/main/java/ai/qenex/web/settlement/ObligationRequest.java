package ai.qenex.web.settlement;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One bank owes another an amount.
 *
 * @param id of the payment it comes from, a UUID; recorded once
 * @param payer BIC
 * @param payee BIC
 * @param amount decimal in the asset's scale
 * @param businessDate absent: the current one
 */
public record ObligationRequest(
    Optional<String> id,
    @JsonProperty(required = true) String payer,
    @JsonProperty(required = true) String payee,
    @JsonProperty(required = true) String amount,
    @JsonProperty(required = true) String asset,
    Optional<String> businessDate) {}
