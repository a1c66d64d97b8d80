/**
 * The arithmetic of a clearing cycle, pure: from what banks owe each other to one net position per bank, and from the
 * positions to the transfers and payment orders that settle them.
 *
 * <p>
 * Laws: net positions sum to zero, whatever the order of the obligations (invariant {@code SETTLEMENT-1}); after
 * settlement the clearing account has moved by zero over the business day ({@code SETTLEMENT-2}).
 */
package ai.qenex.settlement.netting;
