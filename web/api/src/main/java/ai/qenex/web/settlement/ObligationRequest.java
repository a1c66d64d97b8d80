package ai.qenex.web.settlement;

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
    String payer,
    String payee,
    String amount,
    String asset,
    Optional<String> businessDate) {}
