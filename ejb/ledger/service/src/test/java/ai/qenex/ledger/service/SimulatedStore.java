package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.LogConnection.Fence;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What PostgreSQL promises to the writer and the projector, in memory: transactions, the lock on the fence, unique ids
 * and entries, constraints, durability. It also does what PostgreSQL does when things break: a transaction whose client
 * is gone keeps its locks for a while, one whose COMMIT was sent may still be committed, and a projection's commit,
 * which does not wait for the disk, may be lost with the server.
 */
final class SimulatedStore {

  static final List<Asset> ASSETS = List.of(new Asset("EUR", 2), new Asset("QXC", 18));
  static final String UNIQUE_VIOLATION = "23505";
  /** A transfer with this reference is one that only the database finds fault with. */
  static final String POISON = "poison";

  private static final long IDLE_MICROS = 3_000_000;

  static Asset asset(String code) {
    return ASSETS.stream().filter(asset -> asset.code().equals(code)).findFirst().orElseThrow();
  }

  private final SimulatedWorld world;
  private final int rangeEntries;
  private final int mostAtOnce;
  private final List<LogRow> log = new ArrayList<>();
  private final Map<UUID, LogRow> byId = new HashMap<>();
  private final List<SimulatedTransaction> open = new ArrayList<>();
  /** The last one is what is read; those behind the first may be lost with the server. */
  private final Deque<Projected> projections = new ArrayDeque<>(List.of(Projected.NOTHING));
  private Fence fence = new Fence(0, 0);
  private final SimulatedLease.Row lease = new SimulatedLease.Row();
  private int incarnation;

  SimulatedStore(SimulatedWorld world) {
    this.world = world;
    this.rangeEntries = world.anyOf(5, 30, 1_000_000);
    this.mostAtOnce = world.anyOf(0, 2, 32);
  }

  /** The most rows that it takes in one request with fence and commit. */
  int mostAtOnce() {
    return mostAtOnce;
  }

  /** All that is committed, in order. */
  List<LogRow> log() {
    return Collections.unmodifiableList(log);
  }

  Optional<LogRow> find(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  Fence fence() {
    return fence;
  }

  Projected projected() {
    return projections.getLast();
  }

  int incarnation() {
    return incarnation;
  }

  SimulatedTransaction begin() {
    var transaction = new SimulatedTransaction(world.micros());
    open.add(transaction);
    return transaction;
  }

  /** The server dies and comes back: every connection is gone, and what no later commit made durable. */
  void restart() {
    world.note("database restarts", log.size(), open.size());
    incarnation++;
    for (SimulatedTransaction transaction : List.copyOf(open)) {
      settle(transaction);
    }
    int lost = world.below(projections.size());
    for (int i = 0; i < lost; i++) {
      projections.removeLast();
    }
  }

  /** The server ends every connection. */
  void killConnections() {
    world.note("connections killed", log.size(), open.size());
    incarnation++;
    for (SimulatedTransaction transaction : List.copyOf(open)) {
      settle(transaction);
    }
  }

  /** The lease of the leader. */
  SimulatedLease.Row lease() {
    return lease;
  }

  /** Ends every transaction that holds a lock, as a new leader does. */
  void endWriters() {
    for (SimulatedTransaction transaction : List.copyOf(open)) {
      if (transaction.holdsFence || transaction.holdsWatermark || !transaction.rows.isEmpty()) {
        transaction.killed = true;
        settle(transaction);
      }
    }
  }

  /** The client is gone. Its server process may not know yet. */
  void abandon(SimulatedTransaction transaction) {
    if (open.contains(transaction)) {
      transaction.abandoned = true;
      if (!transaction.commitSent && world.below(2) == 0) {
        rollback(transaction);
      }
    }
  }

  void rollback(SimulatedTransaction transaction) {
    open.remove(transaction);
  }

  void commit(SimulatedTransaction transaction) {
    if (!open.remove(transaction)) {
      return;
    }
    if (transaction.fenceAfter != null) {
      fence = transaction.fenceAfter;
    }
    for (LogRow row : transaction.rows) {
      log.add(row);
      LogRow twice = byId.put(row.entry().id(), row);
      if (twice != null) {
        throw new AssertionError("an id is in the log twice: " + twice + " " + row);
      }
    }
    if (transaction.projected == null) {
      // what was written before it becomes durable with it
      keepLastProjection();
    } else {
      projections.addLast(transaction.projected);
    }
    world.note("committed", fence.epoch(), log.size());
  }

  private void keepLastProjection() {
    while (projections.size() > 1) {
      projections.removeFirst();
    }
  }

  /** Waits for the fence's row, whose values are final while the transaction lasts. */
  void lockFence(SimulatedTransaction transaction) throws SQLException {
    for (SimulatedTransaction other : List.copyOf(open)) {
      if (other != transaction && other.holdsFence) {
        waitFor(other);
      }
    }
    transaction.holdsFence = true;
  }

  void lockWatermark(SimulatedTransaction transaction) throws SQLException {
    for (SimulatedTransaction other : List.copyOf(open)) {
      if (other != transaction && other.holdsWatermark) {
        waitFor(other);
      }
    }
    transaction.holdsWatermark = true;
  }

  /** In a simulation nobody can wait for somebody who waits for him: the wait ends in a timeout. */
  private void waitFor(SimulatedTransaction other) throws SQLException {
    if (other.abandoned) {
      settle(other);
    } else if (world.micros() - other.lastUsedMicros > IDLE_MICROS) {
      other.killed = true;
      settle(other);
    } else {
      world.note("waited in vain", 0, 0);
      throw new SQLException("canceling statement due to lock timeout", "55P03");
    }
  }

  private void settle(SimulatedTransaction transaction) {
    if (transaction.commitSent && world.below(2) == 0) {
      commit(transaction);
    } else {
      rollback(transaction);
    }
  }

  /** Takes the copied rows into the transaction, if no law forbids it. */
  void insert(SimulatedTransaction transaction, List<LogRow> rows) throws SQLException {
    for (SimulatedTransaction other : List.copyOf(open)) {
      if (other != transaction && !other.rows.isEmpty() && world.sabotage != Sabotage.IGNORES_FENCE) {
        waitFor(other);
      }
    }
    for (LogRow row : rows) {
      requireLawful(row);
    }
    transaction.rows.addAll(rows);
  }

  private void requireLawful(LogRow row) throws SQLException {
    boolean keyed = world.sabotage != Sabotage.IGNORES_FENCE;
    if (keyed && row.entry().seq() <= log.size()) {
      throw violation(UNIQUE_VIOLATION, "log_1_pkey");
    }
    LogRow known = byId.get(row.entry().id());
    if (known != null && rangeOf(known) == rangeOf(row) && world.sabotage != Sabotage.FORGETS_IDS) {
      throw violation(UNIQUE_VIOLATION, "log_1_id");
    }
    if (row.entry() instanceof TransferPosted transfer) {
      Amount floor = row.debitFloor().orElse(transfer.debitBalance());
      if (transfer.debitBalance().compareTo(floor) < 0) {
        throw violation("23514", "transfer_respects_floor");
      }
      if (transfer.reference().orElse("").equals(POISON)) {
        throw violation("22021", "");
      }
    }
  }

  /** Ids are unique within a range only: between ranges the writer has to ask. */
  private long rangeOf(LogRow row) {
    return (row.entry().seq() - 1) / rangeEntries;
  }

  private static SQLException violation(String state, String constraint) {
    return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0Mrefused\0n" + constraint + "\0"));
  }
}
