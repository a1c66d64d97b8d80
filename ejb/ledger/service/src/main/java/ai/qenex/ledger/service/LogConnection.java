package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.Replay;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One connection to the writer's database, call by call: all that the writer asks of a store, and so the place where a
 * store can fail it. Everything up to {@link #commit} or {@link #rollback} is one transaction.
 *
 * <p>
 * Any call may throw an {@link SQLException}; a {@link #commit} that does has an unknown outcome. Constraints are told
 * by SQL state and name, as PostgreSQL does.
 */
interface LogConnection {

  /**
   * The row that lets one writer write.
   *
   * @param epoch raised by whoever takes the lease
   * @param seq the last entry
   */
  record Fence(long epoch, long seq) {}

  /**
   * Raises the epoch by one if it is within the bounds; empty if it is not. Waits for a transaction that holds the
   * fence, so what is read next is final.
   */
  Optional<Fence> raiseEpoch(long low, long high) throws SQLException;

  /** Reads the fence, and keeps others from it until the transaction ends. */
  Fence lockFence() throws SQLException;

  /** Starts a transaction that sees one state of the database. Answers the registered assets. */
  Collection<Asset> beginSnapshot() throws SQLException;

  /** The fence as the snapshot shows it. */
  Fence fence() throws SQLException;

  /** The entry up to which the projections follow. */
  long watermark() throws SQLException;

  /** Hands over all that the projections keep of the writer's memory, as it was at the watermark. */
  void loadProjections(Replay replay) throws SQLException;

  /** When the entry was booked; the epoch if there is none. */
  Instant bookedAt(long seq) throws SQLException;

  /** Hands over the rows behind an entry, in log order. */
  void scan(long after, Consumer<LogRow> receiver) throws SQLException;

  /** Hands over the ids behind an entry, in log order. */
  void scanIds(long after, Consumer<UUID> receiver) throws SQLException;

  /** What the log has under each of the ids. */
  Map<UUID, LogRow> find(Collection<UUID> ids) throws SQLException;

  /** As {@link #find}, and the entries that undid such a transfer, or captured or ended such a hold. */
  Map<UUID, LogRow> findReferred(Collection<UUID> ids) throws SQLException;

  /** Starts to copy rows into the log. */
  void beginCopy() throws SQLException;

  /** The database works on what it was sent while more is appended. */
  void append(LogRow row) throws SQLException;

  /** All rows were appended: waits until the database has taken them. */
  void endCopy() throws SQLException;

  /** Moves the fence from one entry to another; false if epoch or entry are not those in the database. */
  boolean moveFence(Fence from, long to) throws SQLException;

  void commit() throws SQLException;

  /** Whether a batch of such rows may be written by {@link #writeAtOnce}. */
  boolean takesAtOnce(List<LogRow> rows);

  /**
   * A whole transaction in one request: appends the rows, moves the fence behind them, and commits. Needs a connection
   * without a transaction under way.
   *
   * @param rows at least one
   * @return false if epoch or entry of the fence are not those in the database; then nothing was written
   * @throws SQLException if nothing was written, for certain
   * @throws CommitUnknownException if that is not certain
   */
  boolean writeAtOnce(List<LogRow> rows, Fence from) throws SQLException, CommitUnknownException;

  void rollback() throws SQLException;

  /** Ends the connection, whatever its state. */
  void close();
}
