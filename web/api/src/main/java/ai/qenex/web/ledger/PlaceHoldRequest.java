package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * @param account id, alias, IBAN or address of the account whose money is reserved
 * @param amount decimal in the asset's scale, above zero
 * @param beneficiary the account that captures pay; absent: each capture names its own
 * @param expiresAt ISO-8601 instant from which it can no longer be captured; absent: in seven days
 */
public record PlaceHoldRequest(
    Optional<String> id, String account, String amount, String asset, Optional<String> beneficiary,
    Optional<String> expiresAt, Optional<String> reference) {}
