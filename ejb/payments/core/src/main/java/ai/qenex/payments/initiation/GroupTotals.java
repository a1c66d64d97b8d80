package ai.qenex.payments.initiation;

import java.math.BigDecimal;

/**
 * A group and what was counted in it.
 *
 * @param count credit transfers
 * @param sum of their instructed amounts, whatever their currencies
 */
public record GroupTotals(InitiationGroup group, long count, BigDecimal sum) {}
