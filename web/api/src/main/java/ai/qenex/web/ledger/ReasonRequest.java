package ai.qenex.web.ledger;

import java.util.Optional;

/** @param reason kept in the account's changes, 1 to 280 characters */
public record ReasonRequest(Optional<String> reason) {}
