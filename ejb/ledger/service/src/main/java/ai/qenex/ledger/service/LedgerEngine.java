package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerHealth;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.engine.LedgerState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The ledger's engine as one thing to start and close: queue, writer and projector over a database whose schema
 * {@code ledger} is up to date. Runs in the server as well as without one.
 */
public final class LedgerEngine implements Ledger, LedgerHealth, AutoCloseable {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final LedgerSettings settings;
  private final WorkQueue queue;
  private final Writer writer;
  private final Projector projector;
  private final CountDownLatch stateKnown = new CountDownLatch(1);
  private volatile LedgerState state;
  private Thread writerThread;
  private Thread projectorThread;

  public LedgerEngine(DataSource database, LedgerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.queue = new WorkQueue(settings.queuedLines());
    var log = new PostgresLog(database, settings.databaseTimeout());
    this.writer = new Writer(new WriterSession(log, settings), clock, queue, this::use);
    this.projector = new Projector(new PostgresProjections(database), settings, this::committedSeq);
  }

  /** Returns at once; the engine takes work when {@link #whyNotReady} is empty. */
  public void start(ThreadFactory threads) {
    writerThread = threads.newThread(writer);
    projectorThread = threads.newThread(projector);
    writerThread.start();
    projectorThread.start();
  }

  /**
   * Takes in nothing more, finishes the batch in hand, and ends both threads. What was not begun is answered
   * {@code UNAVAILABLE}.
   */
  @Override
  public void close() {
    writer.stop();
    projector.stop();
    try {
      writerThread.join(STOP_PATIENCE.toMillis());
      projectorThread.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Outcome submit(Instruction instruction) {
    return submitAll(List.of(instruction)).get(0);
  }

  @Override
  public List<Outcome> submitAll(List<? extends Instruction> instructions) {
    if (instructions.isEmpty()) {
      return List.of();
    }
    if (instructions.size() > MAX_BATCH) {
      throw new QenexException(ErrorCode.INVALID_REQUEST,
          "at most " + MAX_BATCH + " instructions are submitted at once");
    }
    Optional<String> obstacle = whyNotReady();
    if (obstacle.isPresent()) {
      throw new QenexException(ErrorCode.UNAVAILABLE, obstacle.get());
    }
    var submission = new Submission(instructions);
    if (!queue.offer(submission)) {
      throw new QenexException(ErrorCode.OVERLOADED, "more postings wait than the ledger takes on");
    }
    return submission.await(settings.answerTimeout());
  }

  @Override
  public Optional<String> whyNotReady() {
    return writer.health().whyNotReady();
  }

  /**
   * The committed state, for reading. It may be replaced by another after a restart of the writer: ask for it each
   * time.
   *
   * @throws QenexException {@code UNAVAILABLE} while the ledger was never ready
   */
  public LedgerState state() {
    LedgerState known = state;
    if (known == null) {
      throw new QenexException(ErrorCode.UNAVAILABLE, writer.health().whyNotReady().orElse("the ledger is starting"));
    }
    return known;
  }

  /** Waits until the engine was ready for the first time. @return whether it was, within the patience */
  public boolean awaitStart(Duration patience) throws InterruptedException {
    return stateKnown.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The last log entry that the projections follow, as far as this engine's own projector knows. */
  public long watermark() {
    return projector.watermark();
  }

  private void use(LedgerState newState) {
    state = newState;
    stateKnown.countDown();
  }

  private long committedSeq() {
    LedgerState known = state;
    return known == null ? 0 : known.committedSeq();
  }
}
