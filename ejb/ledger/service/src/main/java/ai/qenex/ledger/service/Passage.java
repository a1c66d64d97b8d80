package ai.qenex.ledger.service;

import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.LogConnection.Fence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The way of one batch into the log: its rows are copied as they are decided, then the fence moves, then it is
 * committed, all in one transaction. The writer gives the rows; the thread that {@link #run runs} it has the connection
 * to itself meanwhile.
 *
 * <p>
 * What was decided on a batch that failed was decided wrongly: a passage fails if the one before it did.
 */
final class Passage implements Runnable {

  private static final List<LogRow> END = List.of();
  private static final String CANCELLED = "57014";

  private final LogConnection connection;
  private final Start start;
  /** Null once it ended. */
  private Passage before;
  private final Duration silence;
  /** Bounded by the size of a batch. */
  private final BlockingQueue<List<LogRow>> pieces = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int rows;
  private boolean copying;
  private long copied;
  private boolean committed;
  private Exception failure;

  /**
   * What a passage starts from.
   *
   * @param fence as the batch before leaves it
   * @param inTransaction whether one is under way, in which the log was asked something
   */
  record Start(Fence fence, boolean inTransaction) {}

  /**
   * @param before the passage before this one if it has not ended yet, or null
   * @param silence how long to wait for the writer's rows
   */
  Passage(LogConnection connection, Start start, Passage before, Duration silence) {
    this.connection = connection;
    this.start = start;
    this.before = before;
    this.silence = silence;
  }

  /** How many rows were given. */
  int rows() {
    return rows;
  }

  /** Rows that follow those given before; at least one. */
  void add(List<LogRow> piece) {
    rows += piece.size();
    pieces.add(List.copyOf(piece));
  }

  /** That was all: it may be committed. */
  void complete() {
    pieces.add(END);
  }

  /**
   * Copies what was given so far, so that the database works on it while more is decided; not while the passage before
   * this one has the connection. For the thread that will {@link #run} it.
   */
  void advance() {
    if (failure != null || before != null && !(before.hasEnded() && before.committed)) {
      return;
    }
    try {
      for (List<LogRow> piece = pieces.poll(); piece != null; piece = pieces.poll()) {
        copy(piece);
      }
    } catch (SQLException | RuntimeException e) {
      // as in run: the writer finds it when it asks how this ended
      failure = e;
    }
  }

  /** Nobody will run it. */
  void cancel() {
    failure = new SQLException("nobody takes the batch to the log", CANCELLED);
    ended.countDown();
  }

  @Override
  public void run() {
    try {
      if (failure == null) {
        write();
        committed = true;
      }
    } catch (SQLException | FencedException | CommitUnknownException | RuntimeException e) {
      // the thread's boundary: the writer finds it when it asks how this ended
      failure = e;
    } finally {
      ended.countDown();
    }
  }

  private void write() throws SQLException, FencedException, CommitUnknownException {
    if (before != null && !before.committed) {
      throw new SQLException("the batch before failed", CANCELLED);
    }
    before = null;
    List<LogRow> piece = next();
    if (!copying && !start.inTransaction && pieces.peek() == END && connection.takesAtOnce(piece)) {
      requireFence(connection.writeAtOnce(piece, start.fence));
      return;
    }
    for (; !piece.isEmpty(); piece = next()) {
      copy(piece);
    }
    connection.endCopy();
    requireFence(connection.moveFence(start.fence, start.fence.seq() + copied));
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new CommitUnknownException(e);
    }
  }

  private void copy(List<LogRow> piece) throws SQLException {
    if (!copying) {
      copying = true;
      connection.beginCopy();
    }
    for (LogRow row : piece) {
      connection.append(row);
    }
    copied += piece.size();
  }

  private static void requireFence(boolean inPlace) throws FencedException {
    if (!inPlace) {
      throw new FencedException("another writer took the lease");
    }
  }

  private List<LogRow> next() throws SQLException {
    try {
      List<LogRow> piece = pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
      if (piece == null) {
        throw new SQLException("the writer does not say how the batch goes on", CANCELLED);
      }
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted before the commit", CANCELLED, e);
    }
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** The database is silent no longer than its connection allows, so this ends. */
  void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns if it has ended and the batch is committed.
   *
   * @throws SQLException if it failed before COMMIT was sent
   */
  void requireCommitted() throws SQLException, FencedException, CommitUnknownException {
    if (failure instanceof SQLException refused) {
      throw refused;
    } else if (failure instanceof FencedException fenced) {
      throw fenced;
    } else if (failure instanceof CommitUnknownException unknown) {
      throw unknown;
    } else if (failure instanceof RuntimeException broken) {
      throw broken;
    } else if (!committed) {
      throw new IllegalStateException("the batch was not written to its end");
    }
  }
}
