package ai.qenex.ledger;

import ai.qenex.kernel.Money;

/**
 * The state of an account at one point of the log.
 *
 * @param booked credits minus debits
 * @param held what open holds reserve
 * @param available what a debit may take now: booked - held + overdraft limit; for an account without a floor: booked -
 * held
 * @param seq the last log entry that touched the account, zero if none did
 */
public record Balance(Money booked, Money held, Money available, long seq) {}
