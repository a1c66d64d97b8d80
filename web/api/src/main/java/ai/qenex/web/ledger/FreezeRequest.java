package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * @param side {@code debits}, {@code credits} or {@code both}, which is meant if it is absent
 * @param reason kept in the account's changes, 1 to 280 characters
 */
public record FreezeRequest(Optional<String> side, Optional<String> reason) {}
