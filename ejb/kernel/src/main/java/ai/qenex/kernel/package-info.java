/**
 * The words every context shares: exact amounts and the assets they count, the bank's days, ids, and the way faults are
 * named.
 *
 * <p>
 * Everything here is an immutable value without I/O and without a clock. Nothing here knows a ledger or a payment.
 */
package ai.qenex.kernel;
