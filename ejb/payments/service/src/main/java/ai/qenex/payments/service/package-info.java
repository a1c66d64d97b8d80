/**
 * Payments on PostgreSQL and the ledger. Beans at the edge ({@code *Bean}, {@code FileDesk}) wire plain classes:
 * {@code FileIntake} takes a file in, {@code FileProcessing} judges it chunk by chunk, {@code Booking} carries accepted
 * payments through the ledger into clearing, {@code StatementDrawing} and {@code StatusReports} tell customers what
 * happened; {@code *Store} speak SQL.
 *
 * <p>
 * Each step commits its intention before it acts, under ids that are derived, so that doing any of it again changes
 * nothing.
 */
package ai.qenex.payments.service;
