/**
 * The rules a payment must keep, as pure functions that answer a {@link ai.qenex.payments.rules.Fault} with an ISO
 * 20022 reason code.
 *
 * <p>
 * {@link ai.qenex.payments.rules.FileRules} judges counts, sums and identification of a file and its groups,
 * {@link ai.qenex.payments.rules.PartyRules} finds out who pays whom and by which way, and
 * {@link ai.qenex.payments.rules.OrderRules} judges amount, date, charges and characters.
 */
package ai.qenex.payments.rules;
