package ai.qenex.web.ledger;

import java.util.List;
import java.util.UUID;

/**
 * An allocation that was carried out.
 *
 * @param amount the sum of its transfers; what was kept is not in it
 */
public record AllocationView(UUID id, String asset, String amount, List<TransferView> transfers) {}
