package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.engine.LedgerState;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The single writer's thread. What queued up while the last commit ran is the next batch; it is decided in memory,
 * copied into the log with the fence in one transaction, and answered after the commit: see {@link WriterTurns}.
 *
 * <p>
 * It writes only while its node has the lease. Until then, and again if another node took it, it stands by: it has no
 * memory, and turns callers away.
 */
final class Writer implements Runnable {

  /** So often a standby looks whether the lease is free. */
  private static final Duration STANDBY_POLL = Duration.ofMillis(250);
  /** Between attempts while the database does not answer. */
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofMillis(200);
  /** While a batch is under way, so often it is looked whether it has ended. */
  private static final Duration UNDER_WAY = Duration.ofNanos(500_000);
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());

  private final Seat seat;
  private final InstantSource clock;
  private final WorkQueue queue;
  private final Consumer<Optional<LedgerState>> newState;
  private final Health health = new Health();
  private final CountDownLatch stopping = new CountDownLatch(1);
  /** Null on a standby. */
  private Lead lead;

  /** What a leader has, and forgets when it leads no more. */
  private record Lead(WriterSession session, WriterTurns turns) {}

  /**
   * What a writer needs to lead.
   *
   * @param node its node's name
   * @param sessions a new one for each time it leads, which knows nothing of the last
   */
  record Seat(String node, Lease lease, Supplier<WriterSession> sessions) {}

  /** @param newState is told the state whenever it was rebuilt, and that there is none on a standby */
  Writer(Seat seat, InstantSource clock, WorkQueue queue, Consumer<Optional<LedgerState>> newState) {
    this.seat = seat;
    this.clock = clock;
    this.queue = queue;
    this.newState = newState;
  }

  Health health() {
    return health;
  }

  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      while (stopping.getCount() > 0) {
        Duration pause = turn(IDLE);
        if (!pause.isZero()) {
          stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        }
      }
      finish();
      health.notReady("the ledger is stopping");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      health.notReady("the ledger's writer was interrupted");
    } catch (RuntimeException e) {
      // the thread's boundary: nothing may be written any more, and somebody must look
      LOG.log(Level.ERROR, "The ledger's writer stops", e);
      health.notReady("the ledger's writer broke: " + e.getMessage());
    } finally {
      end();
    }
  }

  /**
   * One step: a standby looks whether the lease is free, a leader takes its next turn. It finishes the batch in hand
   * before it takes in another.
   *
   * @param patience how long a leader waits for work, if there is none
   * @return how long to wait before the next step
   */
  Duration turn(Duration patience) throws InterruptedException {
    return lead == null ? standBy() : lead(patience);
  }

  /** Gives up the lead, and answers all who still wait. */
  void end() {
    if (health.whyNotReady().isEmpty()) {
      health.notReady("the ledger's writer ended without order");
    }
    stepDown();
    turnAway(queue.close());
  }

  private Duration standBy() {
    Duration pause = STANDBY_POLL;
    try {
      if (seat.lease.claim()) {
        health.notReady("node " + seat.node + " takes the lead of the ledger");
        WriterSession session = seat.sessions.get();
        lead = new Lead(session,
            new WriterTurns(session, clock, health, state -> newState.accept(Optional.of(state))));
        return Duration.ZERO;
      }
      health.standby("node " + seat.node + " is standby; "
          + seat.lease.holder().map(leader -> "node " + leader + " leads").orElse("the lead is changing hands"));
      newState.accept(Optional.empty());
    } catch (SQLException e) {
      health.notReady("the ledger's database does not answer: " + e.getMessage());
      LOG.log(Level.WARNING, "The ledger's database does not answer: {0}", e.getMessage());
      pause = PAUSE;
    }
    turnAway(queue.drain());
    return pause;
  }

  private Duration lead(Duration patience) throws InterruptedException {
    WriterTurns turns = lead.turns;
    try {
      if (seat.lease.isLost()) {
        throw new FencedException("another node took the lease");
      }
      if (turns.isIdle()) {
        turns.takeIn(turns.isUnderWay() ? takeMeanwhile(patience) : queue.take(turns.batchLines(), patience.toNanos()));
      }
      return turns.turn();
    } catch (FencedException e) {
      LOG.log(Level.WARNING, "Node {0} leads the ledger no more: {1}", seat.node, e.getMessage());
      health.standby("node " + seat.node + " is standby; it lost the lead: " + e.getMessage());
      newState.accept(Optional.empty());
      stepDown();
      return Duration.ZERO;
    }
  }

  /** A small batch would cost more per row than it wins by being decided meanwhile. */
  private List<Slot> takeMeanwhile(Duration patience) throws InterruptedException {
    int batchLines = lead.turns.batchLines();
    return queue.takeMany((batchLines + 1) / 2, batchLines, Math.min(patience.toNanos(), UNDER_WAY.toNanos()));
  }

  /** What was decided is answered, if it can be. */
  private void finish() {
    try {
      if (lead != null) {
        lead.turns.settle();
      }
    } catch (FencedException e) {
      LOG.log(Level.WARNING, "Node {0} led the ledger no more when it stopped: {1}", seat.node, e.getMessage());
    }
  }

  private void stepDown() {
    if (lead != null) {
      lead.session.close();
      lead.turns.abandon(refusal());
      lead = null;
    }
    seat.lease.release();
  }

  private void turnAway(List<Slot> slots) {
    WriterTurns.failAll(slots, refusal());
  }

  private QenexException refusal() {
    return health.refusal().orElseGet(
        () -> new QenexException(ErrorCode.UNAVAILABLE, "the ledger cannot write now; submit the same id again"));
  }
}
