/**
 * The book of record: accounts, the transfers between them, and the bank's days.
 *
 * <p>
 * A caller builds an {@link ai.qenex.ledger.Instruction} (post transfers, open or change an account, turn the business
 * day), hands it to the {@link ai.qenex.ledger.Ledger} and gets an {@link ai.qenex.ledger.Outcome} once it is durable.
 * What was decided is one {@link ai.qenex.ledger.LedgerEntry} per fact in one gapless log; accounts, balances and
 * histories are read through {@link ai.qenex.ledger.Accounts} and {@link ai.qenex.ledger.LedgerHistory}.
 *
 * <p>
 * All balances are credit-positive (credits minus debits), so the balances of all accounts of an asset sum to zero.
 */
package ai.qenex.ledger;
