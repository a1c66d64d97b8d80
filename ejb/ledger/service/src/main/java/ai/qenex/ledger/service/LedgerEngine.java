package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.Leadership;
import ai.qenex.ledger.LedgerHealth;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.engine.LedgerState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/**
 * The ledger's engine as one thing to start and close: queue, writer and projector over a database whose schema
 * {@code ledger} is up to date. Runs in the server as well as without one.
 */
public final class LedgerEngine implements Ledger, LedgerHealth, Leadership, AutoCloseable {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final LedgerSettings settings;
  private final WorkQueue queue;
  private final Writer writer;
  private final Optional<ScribeThread> scribe;
  private final Projector projector;
  private final Rebuilder rebuilder;
  private final RecentTransfers recent = new RecentTransfers();
  private final Node node;
  private final DatabaseLease lease;
  private final Heartbeat heartbeat;
  private volatile LedgerState state;
  private volatile CommittedRows follower = rows -> {
    // nobody follows yet
  };
  private Thread heartbeatThread;
  private Thread writerThread;
  private Optional<Thread> scribeThread = Optional.empty();
  private Thread projectorThread;
  private Thread rebuilderThread;

  /** The engine of a node that is alone. */
  public LedgerEngine(DataSource database, LedgerSettings settings, InstantSource clock) {
    this(database, settings, Node.named("alone"), clock);
  }

  public LedgerEngine(DataSource database, LedgerSettings settings, Node node, InstantSource clock) {
    this.settings = settings;
    this.node = node;
    this.queue = new WorkQueue(settings.queuedLines());
    this.scribe = settings.pipelined() ? Optional.of(new ScribeThread()) : Optional.empty();
    this.lease = new DatabaseLease(database, node);
    this.heartbeat = new Heartbeat(lease, node);
    var log = new PostgresLog(database, settings);
    var seat = new Writer.Seat(node.name(), lease, () -> newSession(log));
    this.writer = new Writer(seat, clock, queue, this::use);
    this.projector =
        new Projector(new PostgresProjections(database, settings.rangeEntries(), recent), settings, this::committedSeq);
    this.rebuilder = new Rebuilder(database, settings, this::committedSeq);
  }

  /** Returns at once; the engine takes work when {@link #whyNotReady} is empty. */
  public void start(ThreadFactory threads) {
    writerThread = threads.newThread(writer);
    projectorThread = threads.newThread(projector);
    heartbeatThread = threads.newThread(heartbeat);
    heartbeatThread.start();
    scribeThread = scribe.map(threads::newThread);
    scribeThread.ifPresent(Thread::start);
    writerThread.start();
    projectorThread.start();
    rebuilderThread = threads.newThread(rebuilder);
    rebuilderThread.start();
  }

  /**
   * Takes in nothing more, finishes the batch in hand, and ends its threads. What was not begun is answered
   * {@code UNAVAILABLE}.
   */
  @Override
  public void close() {
    writer.stop();
    projector.stop();
    rebuilder.stop();
    try {
      writerThread.join(STOP_PATIENCE.toMillis());
      scribe.ifPresent(ScribeThread::stop);
      if (scribeThread.isPresent()) {
        scribeThread.get().join(STOP_PATIENCE.toMillis());
      }
      projectorThread.join(STOP_PATIENCE.toMillis());
      rebuilderThread.join(STOP_PATIENCE.toMillis());
      heartbeat.stop();
      heartbeatThread.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    heartbeat.stop();
    lease.disconnect();
  }

  @Override
  public Outcome submit(Instruction instruction) {
    return submitAll(List.of(instruction)).get(0);
  }

  @Override
  public List<Outcome> submitAll(List<? extends Instruction> instructions) {
    return handIn(instructions, Duration.ZERO).outcomes();
  }

  @Override
  public Pending submitLater(List<? extends Instruction> instructions) {
    return handIn(instructions, settings.answerTimeout());
  }

  private Pending handIn(List<? extends Instruction> instructions, Duration patience) {
    if (instructions.isEmpty()) {
      return List::of;
    }
    if (instructions.size() > MAX_BATCH) {
      throw new QenexException(ErrorCode.INVALID_REQUEST,
          "at most " + MAX_BATCH + " instructions are submitted at once");
    }
    Optional<QenexException> obstacle = writer.health().refusal();
    if (obstacle.isPresent()) {
      throw obstacle.get();
    }
    var submission = new Submission(instructions);
    if (!queue.offer(submission, patience)) {
      throw new QenexException(ErrorCode.OVERLOADED, "more postings wait than the ledger takes on");
    }
    return () -> submission.await(settings.answerTimeout());
  }

  @Override
  public Optional<String> whyNotReady() {
    return writer.health().whyNotReady();
  }

  /**
   * The committed state, for reading. It may be replaced by another after a restart of the writer: ask for it each
   * time.
   *
   * @throws QenexException {@code NOT_LEADER} on a standby, {@code UNAVAILABLE} while the ledger is not ready or
   * another node may have begun to lead
   */
  public LedgerState state() {
    LedgerState known = state;
    if (known == null) {
      throw writer.health().refusal()
          .orElseGet(() -> new QenexException(ErrorCode.UNAVAILABLE, "the ledger is starting"));
    }
    if (!lease.isHeld()) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "node " + node.name() + " cannot tell whether it still leads");
    }
    return known;
  }

  @Override
  public boolean leads() {
    return state != null && lease.isHeld();
  }

  @Override
  public String node() {
    return node.name();
  }

  @Override
  public Optional<String> leader() {
    return lease.holder();
  }

  /** Waits until the engine leads or stands by. @return whether it does, within the patience */
  public boolean awaitStart(Duration patience) throws InterruptedException {
    return writer.health().awaitPlace(patience);
  }

  /** The last log entry that the projections follow, as far as this engine's own projector knows. */
  public long watermark() {
    return projector.watermark();
  }

  /** Lets a rebuild of the projections begin at once, if one is wanted. */
  void wakeRebuilder() {
    rebuilder.wake();
  }

  /** What the writer remembers of its latest commits. */
  RecentTransfers recent() {
    return recent;
  }

  /** Who hears of every committed batch, in the writer's thread. */
  void tell(CommittedRows newFollower) {
    follower = newFollower;
  }

  private WriterSession newSession(PostgresLog log) {
    var session = new WriterSession(log, settings, recent);
    session.tell(rows -> follower.committed(rows));
    scribe.ifPresent(session::handTo);
    return session;
  }

  private void use(Optional<LedgerState> newState) {
    state = newState.orElse(null);
  }

  /** The last entry that is in the log for certain; 0 before the first start. */
  long committedSeq() {
    LedgerState known = state;
    return known == null ? 0 : known.committedSeq();
  }
}
