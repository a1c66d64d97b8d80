package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * @param id of the new transfer
 * @param valueDate of the new transfer
 */
public record ReversalRequest(Optional<String> id, Optional<String> reference, Optional<String> valueDate) {}
