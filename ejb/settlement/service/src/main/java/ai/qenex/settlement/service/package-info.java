/**
 * Clearing cycles at work: {@link ai.qenex.settlement.service.ClearingCyclesBean} keeps the life of a cycle, the stores
 * keep its rows in schema {@code settlement}, {@link ai.qenex.settlement.service.NostroAccounts} finds or opens the
 * accounts that settlement moves.
 *
 * <p>
 * Settling is an intention first (legs and messages, committed), then one linked posting by the ledger, then the
 * cycle's last step: a crash between any two is made good by doing the step again.
 */
package ai.qenex.settlement.service;
