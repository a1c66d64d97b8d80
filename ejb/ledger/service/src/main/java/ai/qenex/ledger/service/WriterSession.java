package ai.qenex.ledger.service;

import ai.qenex.ledger.engine.DecisionBudget;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.PostingEngine;
import ai.qenex.ledger.service.LogConnection.Fence;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The writer's one connection, its lease and its memory.
 *
 * <p>
 * The lease is an epoch in {@code ledger.writer}: whoever raised it last may write, and every commit proves that nobody
 * raised it since (invariant {@code LEDGER-6}).
 */
final class WriterSession {

  private final LogDatabase database;
  private final LedgerSettings settings;
  private final RecentTransfers recent;
  private final DecisionBudget budget;
  /** The lease; before the first one, any epoch may be outbid. */
  private long epoch;
  /** Differs from {@link #epoch} if it is not known whether raising it was committed. */
  private long latestEpoch = Long.MAX_VALUE;
  /** Null while there is none. */
  private LogConnection connection;
  private PostingEngine engine;
  /** Whether the log was asked something in the transaction under way. */
  private boolean asked;
  private CommittedRows follower = rows -> {
    // nobody follows yet
  };
  private Scribe scribe = new AbsentScribe();

  /** @param recent is told what was committed */
  WriterSession(LogDatabase database, LedgerSettings settings, RecentTransfers recent) {
    // the thread's own time: a pause of the machine or the collector is no fault of an instruction
    this(database, settings, recent,
        DecisionBudget.standard(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime));
  }

  /** @param budget what an instruction may use */
  WriterSession(LogDatabase database, LedgerSettings settings, RecentTransfers recent, DecisionBudget budget) {
    this.database = database;
    this.settings = settings;
    this.recent = recent;
    this.budget = budget;
  }

  LedgerSettings settings() {
    return settings;
  }

  /** Who hears of every batch that is certainly committed; what it does not hear it finds in the log. */
  void tell(CommittedRows newFollower) {
    follower = newFollower;
  }

  /** Who takes large batches to the log. */
  void handTo(Scribe newScribe) {
    scribe = newScribe;
  }

  Scribe scribe() {
    return scribe;
  }

  /** Null before the first {@link #start}. */
  PostingEngine engine() {
    return engine;
  }

  /**
   * Drops all memory, takes the lease and starts from what is stored. If this session held the lease before, nobody
   * else may have taken it. Waits for a transaction of a lost connection that is still deciding its fate, so what is
   * read is final.
   */
  void start() throws SQLException, FencedException {
    engine = null;
    connect();
    Recovery.Memory memory = new Recovery(settings).load(connection, takeLease());
    engine = new PostingEngine(new PostingEngine.Memory(memory.state(), memory.window()), settings.ibans(),
        settings.idSkew(), budget);
  }

  private Fence takeLease() throws SQLException, FencedException {
    Fence taken = connection.raiseEpoch(epoch, latestEpoch)
        .orElseThrow(() -> new FencedException("another writer holds the lease"));
    latestEpoch = taken.epoch();
    connection.commit();
    epoch = latestEpoch;
    return taken;
  }

  /** A new connection for the memory there is, after nothing can have been committed on the old one. */
  void reconnect() throws SQLException, FencedException {
    connect();
    if (!connection.lockFence().equals(new Fence(epoch, engine.state().lastSeq()))) {
      throw new FencedException("another writer took the lease while the database was away");
    }
    connection.rollback();
  }

  Map<UUID, LogRow> find(Collection<UUID> ids) throws SQLException {
    asked = true;
    return connection.find(ids);
  }

  /** As {@link #find}, and what undid or changed them. */
  Map<UUID, LogRow> findReferred(Collection<UUID> ids) throws SQLException {
    asked = true;
    return connection.findReferred(ids);
  }

  /**
   * The way into the log for what is decided next.
   *
   * @param before the passage before it if it has not ended yet, or null
   */
  Passage passage(Passage before) {
    var start = new Passage.Start(new Fence(epoch, engine.state().lastSeq()), asked);
    asked = false;
    return new Passage(connection, start, before, settings.databaseTimeout());
  }

  /** The batch that was under way is in the log for good. */
  void committed() {
    List<LogRow> rows = engine.commit();
    if (!rows.isEmpty()) {
      // if the next batch has opened a day already, these rows are taken for shifted ones, and looked up
      recent.add(rows, engine.state().currentDate().date());
      follower.committed(rows);
    }
  }

  void rollback() throws SQLException {
    asked = false;
    connection.rollback();
  }

  void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private void connect() throws SQLException {
    close();
    asked = false;
    connection = database.connect();
  }
}
