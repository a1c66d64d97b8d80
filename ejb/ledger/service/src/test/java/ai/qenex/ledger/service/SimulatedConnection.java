package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.Replay;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** A node's connection to the {@link SimulatedStore}. Each call may fail before, while or after it does its work. */
final class SimulatedConnection implements LogConnection, ProjectionDatabase.Transaction {

  private static final String BROKEN = "08006";
  private static final long NETWORK_TIMEOUT_MICROS = 3_000_000;

  private final SimulatedWorld world;
  private final SimulatedStore store;
  private final SimulatedNode node;
  private final int incarnation;
  private final List<LogRow> copied = new ArrayList<>();
  private SimulatedTransaction transaction;
  private List<LogRow> snapshot = List.of();
  private Fence seenFence;
  private Projected projected;
  private boolean broken;

  private SimulatedConnection(SimulatedWorld world, SimulatedStore store, SimulatedNode node) {
    this.world = world;
    this.store = store;
    this.node = node;
    this.incarnation = store.incarnation();
  }

  static SimulatedConnection open(SimulatedWorld world, SimulatedStore store, SimulatedNode node) throws SQLException {
    node.dieIfDoomed();
    if (world.weather.databaseIsDown() || world.weather.poolIsEmpty()
        || world.weather.strikes(world.weather.breaksBefore)) {
      world.note("no connection", node.name(), 0);
      throw new SQLException("the connection was refused", "08001");
    }
    return new SimulatedConnection(world, store, node);
  }

  // ---- how a call fails ----

  private void enter(String call) throws SQLException {
    node.dieIfDoomed();
    world.pass(1 + world.below(300));
    if (world.weather.strikes(world.weather.dies)) {
      world.note("dies in " + call, node.name(), 0);
      node.doom();
    }
    if (world.weather.strikes(world.weather.freezes)) {
      node.freeze();
    } else if (world.weather.strikes(world.weather.others)) {
      world.letOthersGoOn(1 + world.below(6), 0);
    }
    node.dieIfDoomed();
    world.note(call, node.name(), copied.size());
    if (world.weather.strikes(world.weather.slow)) {
      world.pass(world.below((int) (2 * NETWORK_TIMEOUT_MICROS)));
    }
    if (broken || incarnation != store.incarnation() || world.weather.databaseIsDown() || isKilled()) {
      throw breaks(call);
    }
    if (world.weather.strikes(world.weather.breaksBefore)) {
      throw breaks(call);
    }
    if (transaction == null) {
      transaction = store.begin();
    }
    transaction.lastUsedMicros = world.micros();
    if (transaction.failed) {
      throw new SQLException("current transaction is aborted", "25P02");
    }
    if (world.weather.strikes(world.weather.refused)) {
      throw fails(new SQLException("out of memory", "53200"));
    }
  }

  private boolean isKilled() {
    return transaction != null && transaction.killed;
  }

  /** The answer may be lost. */
  private void leave(String call) throws SQLException {
    if (world.weather.strikes(world.weather.breaksAfter)) {
      throw breaks(call);
    }
  }

  private SQLException breaks(String call) {
    world.note("breaks in " + call, node.name(), 0);
    broken = true;
    if (transaction != null) {
      store.abandon(transaction);
    }
    return new SQLException("the connection is broken", BROKEN);
  }

  private SQLException fails(SQLException cause) {
    world.note("refused", node.name(), cause.getSQLState().hashCode());
    transaction.failed = true;
    return cause;
  }

  private void write() throws SQLException {
    if (world.weather.diskIsFull()) {
      throw fails(new SQLException("could not extend file: no space left on device", "53100"));
    }
  }

  /** Does what may be refused. */
  private void attempt(Work work) throws SQLException {
    try {
      work.run();
    } catch (SQLException e) {
      throw fails(e);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  // ---- the calls ----

  @Override
  public Optional<Fence> raiseEpoch(long low, long high) throws SQLException {
    enter("raise epoch");
    write();
    attempt(() -> store.lockFence(transaction));
    Fence now = store.fence();
    if (now.epoch() < low || now.epoch() > high) {
      return Optional.empty();
    }
    transaction.fenceAfter = new Fence(now.epoch() + 1, now.seq());
    leave("raise epoch");
    return Optional.of(transaction.fenceAfter);
  }

  @Override
  public Fence lockFence() throws SQLException {
    enter("lock fence");
    attempt(() -> store.lockFence(transaction));
    leave("lock fence");
    return store.fence();
  }

  @Override
  public Collection<Asset> beginSnapshot() throws SQLException {
    enter("begin snapshot");
    snapshot = List.copyOf(store.log());
    seenFence = store.fence();
    projected = store.projected();
    leave("begin snapshot");
    return SimulatedStore.ASSETS;
  }

  @Override
  public Fence fence() throws SQLException {
    enter("fence");
    return seenFence;
  }

  @Override
  public long watermark() throws SQLException {
    enter("watermark");
    return projected.watermark();
  }

  @Override
  public void loadProjections(Replay replay) throws SQLException {
    enter("load projections");
    Projected seen = world.sabotage == Sabotage.STALE_SNAPSHOT ? projected.stale() : projected;
    (world.sabotage == Sabotage.FORGETS_HOLD ? seen.forgetful() : seen).load(replay);
    leave("load projections");
  }

  @Override
  public Instant bookedAt(long seq) throws SQLException {
    enter("booked at");
    return seq > 0 && seq <= snapshot.size() ? snapshot.get((int) seq - 1).entry().bookedAt() : Instant.EPOCH;
  }

  @Override
  public void scan(long after, Consumer<LogRow> receiver) throws SQLException {
    enter("scan");
    for (long seq = Math.min(after, snapshot.size()); seq < snapshot.size(); seq++) {
      if (world.weather.strikes(world.weather.breaksAfter / 10)) {
        throw breaks("scan");
      }
      receiver.accept(snapshot.get((int) seq));
    }
    leave("scan");
  }

  @Override
  public void scanIds(long after, Consumer<UUID> receiver) throws SQLException {
    enter("scan ids");
    if (world.sabotage != Sabotage.FORGETS_IDS) {
      snapshot.stream().skip(Math.max(after, 0)).map(row -> row.entry().id()).forEach(receiver);
    }
    leave("scan ids");
  }

  @Override
  public Map<UUID, LogRow> find(Collection<UUID> ids) throws SQLException {
    enter("find");
    var found = new HashMap<UUID, LogRow>();
    if (world.sabotage != Sabotage.FORGETS_TO_LOOK_UP && world.sabotage != Sabotage.FORGETS_IDS) {
      ids.forEach(id -> store.find(id).ifPresent(row -> found.put(id, row)));
    }
    leave("find");
    return found;
  }

  @Override
  public Map<UUID, LogRow> findReferred(Collection<UUID> ids) throws SQLException {
    Map<UUID, LogRow> found = find(ids);
    if (world.sabotage != Sabotage.FORGETS_REVERSALS) {
      store.log().stream().filter(row -> linkOf(row.entry()).filter(ids::contains).isPresent())
          .forEach(row -> found.put(row.entry().id(), row));
    }
    return found;
  }

  /** The transfer that it undid, or the hold that it captured or ended. */
  private static Optional<UUID> linkOf(LedgerEntry entry) {
    if (entry instanceof HoldReleased released) {
      return Optional.of(released.hold());
    } else if (entry instanceof HoldExpired expired) {
      return Optional.of(expired.hold());
    } else if (entry instanceof TransferPosted posted) {
      return posted.link()
          .map(link -> link instanceof Link.Reverses reverses ? reverses.transfer() : ((Link.Captures) link).hold());
    }
    return Optional.empty();
  }

  @Override
  public void beginCopy() throws SQLException {
    enter("begin copy");
    copied.clear();
    leave("begin copy");
  }

  @Override
  public void append(LogRow row) throws SQLException {
    enter("append");
    write();
    copied.add(row);
    leave("append");
  }

  @Override
  public void endCopy() throws SQLException {
    enter("end copy");
    write();
    attempt(() -> store.insert(transaction, copied));
    leave("end copy");
    if (node.spoilsMemory()) {
      throw breaks("end copy");
    }
  }

  @Override
  public boolean moveFence(Fence from, long to) throws SQLException {
    enter("move fence");
    write();
    boolean hit = world.sabotage == Sabotage.IGNORES_FENCE;
    if (!hit) {
      attempt(() -> store.lockFence(transaction));
      hit = store.fence().equals(from);
    }
    if (hit) {
      transaction.fenceAfter = new Fence(from.epoch(), to);
    }
    leave("move fence");
    return hit;
  }

  @Override
  public boolean takesAtOnce(List<LogRow> rows) {
    // what a failed batch leaves in memory shows between COPY and COMMIT
    return world.sabotage != Sabotage.FORGETS_TO_UNDO && rows.size() <= store.mostAtOnce();
  }

  @Override
  public boolean writeAtOnce(List<LogRow> rows, Fence from) throws SQLException, CommitUnknownException {
    try {
      beginCopy();
      for (LogRow row : rows) {
        append(row);
      }
      if (!moveFence(from, from.seq() + rows.size())) {
        store.rollback(transaction);
        transaction = null;
        return false;
      }
      endCopy();
    } catch (SQLException e) {
      if (BROKEN.equals(e.getSQLState())) {
        throw new CommitUnknownException(e);
      }
      throw e;
    }
    try {
      commit();
    } catch (SQLException e) {
      throw new CommitUnknownException(e);
    }
    return true;
  }

  @Override
  public void commit() throws SQLException {
    enter("commit");
    SimulatedTransaction sent = transaction;
    if (world.weather.diskIsFull() && world.below(2) == 0) {
      // the server cannot write its log: it goes down with all it has under way
      store.restart();
      throw breaks("commit");
    }
    if (world.weather.strikes(world.weather.commitUnknown)) {
      loseCommit(sent);
      if (world.sabotage != Sabotage.TRUSTS_UNKNOWN_COMMIT) {
        throw breaks("commit");
      }
    } else if (world.sabotage == Sabotage.ANSWERS_BEFORE_COMMIT && !sent.rows.isEmpty()) {
      sent.commitSent = true;
      sent.abandoned = true;
    } else {
      store.commit(sent);
    }
    transaction = null;
    leave("commit");
  }

  /** It is committed now, or later, or never, and the client cannot tell. */
  private void loseCommit(SimulatedTransaction sent) {
    int fate = world.below(3);
    world.note("commit is lost", node.name(), fate);
    if (fate == 0) {
      store.commit(sent);
    } else if (fate == 1) {
      store.rollback(sent);
    } else {
      sent.commitSent = true;
    }
  }

  @Override
  public void rollback() throws SQLException {
    node.dieIfDoomed();
    if (broken || incarnation != store.incarnation()) {
      throw breaks("rollback");
    }
    if (transaction != null) {
      store.rollback(transaction);
      transaction = null;
    }
  }

  @Override
  public void close() {
    if (transaction != null) {
      store.abandon(transaction);
      transaction = null;
    }
    broken = true;
  }

  // ---- the projector's ----

  @Override
  public long lockWatermark() throws SQLException {
    enter("lock watermark");
    attempt(() -> store.lockWatermark(transaction));
    leave("lock watermark");
    return world.sabotage == Sabotage.PROJECTS_TWICE ? node.watermark() : store.projected().watermark();
  }

  @Override
  public void project(long from, long to) throws SQLException {
    enter("project");
    write();
    List<LogRow> log = store.log();
    int end = (int) Math.min(to, log.size());
    transaction.projected = store.projected().with(log.subList((int) Math.min(from, end), end), to);
    leave("project");
  }
}
