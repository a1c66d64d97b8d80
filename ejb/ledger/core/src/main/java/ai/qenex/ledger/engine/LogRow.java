package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.LedgerEntry;
import java.util.Optional;

/**
 * An entry as the log keeps it.
 *
 * @param fingerprint of the instruction's line it answers
 * @param debitFloor the lowest balance the debit account of a transfer may have, in minor units; empty: none
 */
public record LogRow(LedgerEntry entry, long fingerprint, Optional<Amount> debitFloor) {}
