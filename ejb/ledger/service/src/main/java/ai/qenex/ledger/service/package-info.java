/**
 * The ledger on PostgreSQL: its single writer, its projections, its readers and its beans.
 *
 * <p>
 * Writing: {@link ai.qenex.ledger.service.LedgerEngine} takes instructions into a bounded
 * {@link ai.qenex.ledger.service.WorkQueue}; the {@link ai.qenex.ledger.service.Writer} decides what has queued up,
 * copies it into {@code ledger.log} through its {@link ai.qenex.ledger.service.WriterSession}, and answers after the
 * commit; {@link ai.qenex.ledger.service.WriterTurns} says what it does in which turn. A batch's way into the log is
 * its {@link ai.qenex.ledger.service.Passage}, which a {@link ai.qenex.ledger.service.Scribe} takes if it is large. All
 * that is asked of the database on the way is {@link ai.qenex.ledger.service.LogConnection}, so that a simulation can
 * stand in for it. {@link ai.qenex.ledger.service.Recovery} rebuilds the state in memory at start and whenever the
 * outcome of a commit is unknown. The {@link ai.qenex.ledger.service.Projector} follows the log and never holds up the
 * writer.
 */
package ai.qenex.ledger.service;
