/**
 * What banks owe each other and how it is paid: payments to and from other banks become obligations of a clearing
 * cycle; at the cut-off the cycle is frozen, netted multilaterally and settled in one linked posting over the banks'
 * nostro accounts.
 *
 * <p>
 * A cycle belongs to one business date and one asset and lives: open, closed, netted, settled. Positions always sum to
 * zero.
 */
package ai.qenex.settlement;
