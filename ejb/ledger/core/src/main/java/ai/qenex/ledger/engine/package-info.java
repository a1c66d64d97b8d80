/**
 * The single writer's mind: balances in memory, decisions taken on them one by one, and the way back if the database
 * does not take a batch.
 *
 * <p>
 * {@link ai.qenex.ledger.engine.PostingEngine} decides the instructions of a batch against
 * {@link ai.qenex.ledger.engine.LedgerState}, which notes each change in an undo list;
 * {@link ai.qenex.ledger.engine.IdWindow} remembers which ids are known. Only the writer's thread changes anything;
 * other threads see what was published after a commit.
 */
package ai.qenex.ledger.engine;
