package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerRebuild.Progress;
import ai.qenex.ledger.LedgerRebuild.State;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Builds the projections anew while those in use stay in use: a second projector, which follows the log from its first
 * entry into {@link ShadowTables}. When it has caught up, one transaction keeps the projector waiting, does the rest,
 * and lets the new tables take the place of the old. The writer never waits for any of it.
 *
 * <p>
 * Each stretch is a transaction that notes how far it came, so a rebuild goes on after a crash, on whichever node
 * leads. Its memory is that of one stretch.
 */
final class Rebuilder implements Runnable {

  /** At most so much behind the log, the rest is done while the projector waits. */
  private static final int MOST_LEFT = 50_000;
  private static final int STRETCH = 500_000;
  private static final int MOST_FAILURES = 5;
  /** Shorter than the time after which PostgreSQL looks for deadlocks: rather this gives way than a reader. */
  private static final String LOCK_PATIENCE = "set local lock_timeout = '300ms'";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  /** So often the tables in use are asked for: readers come first. */
  private static final int MOST_SWAPS = 300;
  private static final Duration SWAP_PAUSE = Duration.ofMillis(700);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(1);
  private static final System.Logger LOG = System.getLogger(Rebuilder.class.getName());

  private final DataSource database;
  private final int stretch;
  private final LongSupplier committedSeq;
  private final Semaphore wakings = new Semaphore(0);
  private volatile boolean stopping;
  private int swapsTried;

  /** @param committedSeq the last entry that is in the log for certain; zero on a node that does not lead */
  Rebuilder(DataSource database, LedgerSettings settings, LongSupplier committedSeq) {
    this.database = database;
    this.stretch = Math.min(settings.projectionEntries(), STRETCH);
    this.committedSeq = committedSeq;
  }

  void stop() {
    stopping = true;
    wakings.release();
  }

  /** Looks at once whether a rebuild is wanted. */
  void wake() {
    wakings.release();
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        Duration pause = POLL;
        if (committedSeq.getAsLong() > 0) {
          try {
            pause = step();
          } catch (SQLException | RuntimeException e) {
            // the thread's boundary: what it broke on is told, and tried again from the last stretch
            LOG.log(Level.WARNING, "The rebuild of the projections failed", e);
            noteFailure(e);
            pause = FAILURE_PAUSE;
          }
        }
        pause(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(Duration pause) throws InterruptedException {
    if (!pause.isZero() && wakings.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      wakings.drainPermits();
    }
  }

  /** Does one transaction's work. @return how long to wait before the next */
  private Duration step() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        return step(connection);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private Duration step(Connection connection) throws SQLException {
    var store = new RebuildStore(connection);
    Optional<Progress> locked = store.lock();
    if (locked.isEmpty()) {
      return POLL;
    }
    Progress progress = locked.get();
    if (progress.state() == State.WANTED) {
      ShadowTables.create(connection);
      store.begin();
      connection.commit();
      swapsTried = 0;
      LOG.log(Level.INFO, "The projections are built anew from {0} entries", progress.lastSeq());
      return Duration.ZERO;
    }
    if (progress.seq() == 0
        && LogAccess.figure(connection, "select coalesce(min(seq), 1) from ledger.log") > 1) {
      throw new IllegalStateException("the log lacks its first entries, so nothing can be built anew from it");
    }
    long to = Math.min(committedSeq.getAsLong(), progress.seq() + stretch);
    if (committedSeq.getAsLong() - progress.seq() <= Math.min(MOST_LEFT, stretch)) {
      return finish(connection, store, progress.seq());
    }
    project(connection, progress.seq(), to);
    store.advance(to);
    connection.commit();
    return Duration.ZERO;
  }

  private static void project(Connection connection, long from, long to) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set local synchronous_commit = off");
      statement.execute("set local search_path = " + ShadowTables.SCHEMA);
      AssetTable assets = AssetTable.load(connection);
      if (to > from) {
        // from the log itself, not from what the writer remembers of it
        new Projection(connection, assets, new RecentTransfers()).project(from, to);
      }
      statement.execute("set local search_path = ledger");
    }
  }

  private Duration finish(Connection connection, RebuildStore store, long from) throws SQLException {
    // from here on the projector waits; the row itself may be what was damaged
    long to;
    try (var statement = connection.createStatement()) {
      statement.execute("insert into ledger.projection (k, seq) values (1, 0) on conflict do nothing");
      statement.execute("select seq from ledger.projection where k = 1 for update");
      to = LogAccess.figure(connection, "select seq from ledger.writer where k = 1");
      if (to - from > LedgerSettings.MAX_PROJECTION_ENTRIES) {
        return Duration.ZERO;
      }
      project(connection, from, to);
      ShadowTables.analyze(connection);
      statement.execute("set local synchronous_commit = on");
      statement.execute(LOCK_PATIENCE);
      ShadowTables.lockInUse(connection);
      ShadowTables.swap(connection);
      statement.execute("update ledger.projection set seq = " + to + " where k = 1");
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState()) && ++swapsTried < MOST_SWAPS) {
        return SWAP_PAUSE;
      }
      throw e;
    }
    store.finish(to);
    connection.commit();
    LOG.log(Level.INFO, "The projections were built anew up to entry {0}", to);
    return Duration.ZERO;
  }

  private void noteFailure(Exception failure) {
    try (Connection connection = database.getConnection()) {
      new RebuildStore(connection).fail(String.valueOf(failure.getMessage()), MOST_FAILURES);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "The failure of a rebuild cannot be noted: {0}", e.getMessage());
    }
  }
}
