package ai.qenex.ledger.service;

import java.sql.SQLException;
import java.util.Optional;

/**
 * The lease of one node as {@link DatabaseLease} keeps it: a row with a term and an end, renewed by heartbeats. The
 * database's clock says when it ends; the node counts for itself from before it asked.
 */
final class SimulatedLease implements Lease {

  static final long MICROS = 3_000_000;

  private final SimulatedWorld world;
  private final SimulatedStore store;
  private final SimulatedNode node;
  /** What this node believes; zero: it has none. */
  private long term;
  private long until;
  private boolean lost;

  SimulatedLease(SimulatedWorld world, SimulatedStore store, SimulatedNode node) {
    this.world = world;
    this.store = store;
    this.node = node;
  }

  /** The row in the database. */
  static final class Row {

    private long term;
    /** Null: nobody. */
    private SimulatedLease holder;
    private long until;
  }

  @Override
  public boolean claim() throws SQLException {
    long asked = world.micros();
    reach("claim");
    Row row = store.lease();
    if (row.holder != null && row.holder != this && world.micros() <= row.until) {
      return false;
    }
    row.term++;
    row.holder = this;
    row.until = world.micros() + MICROS;
    term = row.term;
    until = asked + MICROS;
    lost = false;
    store.endWriters();
    reach("claimed");
    return true;
  }

  void renew() throws SQLException {
    if (term == 0) {
      return;
    }
    long asked = world.micros();
    reach("renew");
    if (store.lease().term == term) {
      store.lease().until = world.micros() + MICROS;
      until = asked + MICROS;
    } else {
      term = 0;
      lost = true;
    }
    reach("renewed");
  }

  private void reach(String call) throws SQLException {
    node.dieIfDoomed();
    world.pass(1 + world.below(300));
    world.note(call, node.name(), term);
    if (world.weather.databaseIsDown() || world.weather.poolIsEmpty()
        || world.weather.strikes(world.weather.breaksBefore)) {
      throw new SQLException("the connection is broken", "08006");
    }
  }

  @Override
  public boolean isHeld() {
    return term != 0 && world.micros() < until;
  }

  @Override
  public boolean isLost() {
    return lost;
  }

  @Override
  public void release() {
    long mine = term;
    term = 0;
    if (mine != 0 && store.lease().term == mine && !world.weather.databaseIsDown()) {
      store.lease().holder = null;
    }
  }

  @Override
  public Optional<String> holder() {
    return Optional.ofNullable(store.lease().holder).map(lease -> lease.node.toString());
  }
}
