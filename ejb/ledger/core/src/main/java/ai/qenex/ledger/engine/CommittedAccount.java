package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.Account;

/**
 * An account as of a commit.
 *
 * @param booked credit-positive minor units
 * @param held what open holds reserve, in minor units
 * @param seq the last entry that opened, changed or moved it
 */
public record CommittedAccount(Account account, Amount booked, Amount held, long seq) {}
