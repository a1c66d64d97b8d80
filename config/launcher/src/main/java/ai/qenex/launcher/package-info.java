/**
 * Brings the bank up on one machine: {@link ai.qenex.launcher.Launcher} reads the
 * {@link ai.qenex.launcher.LaunchSettings}, checks what can be checked before anything starts, starts PostgreSQL
 * ({@link ai.qenex.launcher.EmbeddedDatabase}) and then the server ({@link ai.qenex.launcher.BankServer}), and stops
 * them in the other order. {@link ai.qenex.launcher.LocalBank} is both together, and what the system tests start too.
 *
 * <p>
 * Everything that a start leaves on disk lies in one {@link ai.qenex.launcher.DataFolder}, so that two banks with two
 * folders and other ports do not know of each other.
 */
package ai.qenex.launcher;
