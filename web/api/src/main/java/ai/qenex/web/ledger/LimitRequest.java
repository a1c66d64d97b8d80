package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * @param limit how far below zero the account may go, decimal in its asset's scale, zero or more
 * @param reason kept in the account's changes, 1 to 280 characters
 */
public record LimitRequest(String limit, Optional<String> reason) {}
