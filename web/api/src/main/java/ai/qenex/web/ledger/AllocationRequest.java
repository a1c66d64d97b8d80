package ai.qenex.web.ledger;

import java.util.Map;
import java.util.Optional;

/**
 * An allocation as a client writes it; the trees are described in the handbook's page on allocations.
 *
 * @param amount plain decimal, or {@code all}
 * @param source an account, {@code inOrder}, {@code shares} or {@code max}
 * @param destination an account, {@code keep}, {@code inOrder}, {@code shares} or {@code max}
 */
public record AllocationRequest(Optional<String> id, String asset, String amount, Map<String, Object> source,
    Map<String, Object> destination, Optional<String> reference, Optional<String> valueDate) {}
