package ai.qenex.ledger.service;

import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.engine.DecisionBudget;
import ai.qenex.ledger.engine.LedgerState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One process of the bank: queue, writer and projector as in the {@link LedgerEngine}, but without threads. Whoever
 * takes the turns decides who goes on.
 */
final class SimulatedNode {

  private static final long PROJECTOR_PAUSE_MICROS = 1_000_000;

  /** Large, and not part of what is simulated: one for all. */
  private static final RecentTransfers RECENT = new RecentTransfers(1 << 16);

  private final SimulatedWorld world;
  private final SimulatedStore store;
  private final LedgerSettings settings;
  private final int name;
  private WorkQueue queue;
  private Writer writer;
  private SimulatedLease lease;
  /** Null before it led for the first time. */
  private WriterSession session;
  private Projector projector;
  private LedgerState state;
  private boolean alive;
  private boolean writing;
  private boolean projecting;
  private boolean doomed;
  private boolean frozen;
  private long clockIsWrongBySeconds;
  private long writerPausesUntil;
  private long projectorPausesUntil;
  private long pausedUntil;
  private long beatsAt;
  private int life;

  SimulatedNode(SimulatedWorld world, SimulatedStore store, LedgerSettings settings, int name) {
    this.world = world;
    this.store = store;
    this.settings = settings;
    this.name = name;
  }

  /** The process ends with all its memory, wherever it was. */
  static final class Death extends Error {

    private static final long serialVersionUID = 1;

    Death() {
      super("the process died", null, false, false);
    }
  }

  int name() {
    return name;
  }

  boolean isAlive() {
    return alive;
  }

  /** How often it was started: what was handed to an earlier life is lost. */
  int life() {
    return life;
  }

  /** Whether one of its threads is in the middle of something. */
  boolean isBusy() {
    return writing || projecting;
  }

  /** Whether it leads and can write. */
  boolean isReady() {
    return alive && writer.health().whyNotReady().isEmpty();
  }

  @Override
  public String toString() {
    return "node " + name + (alive ? " " + writer.health().whyNotReady().orElse("is ready") : " is dead");
  }

  void start() {
    world.note("node starts", name, life);
    life++;
    queue = new WorkQueue(settings.queuedLines());
    session = null;
    lease = new SimulatedLease(world, store, this);
    writer = new Writer(new Writer.Seat("node " + name, lease, this::newSession),
        world.clock(() -> clockIsWrongBySeconds), queue, newState -> state = newState.orElse(null));
    projector = new Projector(() -> SimulatedConnection.open(world, store, this), settings, this::committedSeq);
    state = null;
    beatsAt = 0;
    writerPausesUntil = 0;
    projectorPausesUntil = 0;
    pausedUntil = 0;
    alive = true;
  }

  /** It dies as soon as it has its next thought. */
  void doom() {
    doomed = true;
    if (!writing && !projecting) {
      die();
    }
  }

  private WriterSession newSession() {
    session = new WriterSession(() -> SimulatedConnection.open(world, store, this), settings, RECENT,
        DecisionBudget.untimed());
    session.handTo(new SimulatedScribe(world));
    return session;
  }

  private void die() {
    world.note("node dies", name, life);
    doomed = false;
    alive = false;
    if (session != null) {
      // the sockets close with the process; what the database makes of it is its own affair
      session.close();
    }
  }

  void dieIfDoomed() {
    if (doomed || !alive) {
      throw new Death();
    }
  }

  void pause(long micros) {
    pausedUntil = world.micros() + micros;
  }

  /** In the middle of a call it stands still, as in a long collection of garbage, while others go on. */
  void freeze() {
    world.note("freezes", name, life);
    frozen = true;
    world.letOthersGoOn(10 + world.below(40), world.below(400_000));
    frozen = false;
  }

  void setClockWrong(long seconds) {
    clockIsWrongBySeconds = seconds;
  }

  /** Unless it cannot be taken in now. */
  Optional<Submission> submit(List<Instruction> instructions) {
    if (!alive || writer.health().refusal().isPresent()) {
      return Optional.empty();
    }
    var submission = new Submission(instructions);
    if (world.sabotage == Sabotage.LOSES_ANSWERS && world.below(20) == 0) {
      return Optional.of(submission);
    }
    return queue.offer(submission, Duration.ZERO) ? Optional.of(submission) : Optional.empty();
  }

  boolean canWrite() {
    return alive && !frozen && !writing && world.micros() >= Math.max(writerPausesUntil, pausedUntil);
  }

  boolean canProject() {
    return alive && !frozen && !projecting && world.micros() >= Math.max(projectorPausesUntil, pausedUntil);
  }

  /** As the writer's thread would: see {@link Writer}. */
  void writerTurn() {
    writing = true;
    try {
      Duration pause = writer.turn(Duration.ZERO);
      writerPausesUntil = world.micros() + pause.toNanos() / 1_000;
    } catch (Death death) {
      writing = false;
      die();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a simulation", e);
    } catch (RuntimeException e) {
      // at its thread's boundary the writer would stop for good, and nothing but an operator would start it again
      throw new AssertionError(this + " broke: " + e, e);
    } finally {
      writing = false;
    }
  }

  boolean canBeat() {
    return alive && !frozen && world.micros() >= Math.max(beatsAt, pausedUntil);
  }

  /** As the heartbeat's thread would: see {@link Heartbeat}. */
  void beat() {
    beatsAt = world.micros() + SimulatedLease.MICROS / 5;
    try {
      lease.renew();
    } catch (SQLException e) {
      world.note("no beat", name, 0);
    }
  }

  /** What a reader of this node is shown; empty if it is turned away. */
  Optional<LedgerState> shown() {
    return alive && state != null && lease.isHeld() ? Optional.of(state) : Optional.empty();
  }

  /** As the projector's thread would: see {@link Projector#run}. */
  void projectorTurn() {
    projecting = true;
    try {
      projector.turn(world.micros() * 1_000);
    } catch (Death death) {
      projecting = false;
      die();
    } catch (SQLException | RuntimeException e) {
      // as at the thread's boundary: it starts again from its watermark
      world.note("projection failed", name, 0);
      projectorPausesUntil = world.micros() + PROJECTOR_PAUSE_MICROS;
    } finally {
      projecting = false;
    }
  }

  long watermark() {
    return projector.watermark();
  }

  private long committedSeq() {
    if (state == null) {
      return 0;
    }
    return world.sabotage == Sabotage.PROJECTS_AHEAD ? state.lastSeq() : state.committedSeq();
  }

  /** Whether a batch that fails shall leave its traces, now. */
  boolean spoilsMemory() {
    if (world.sabotage != Sabotage.FORGETS_TO_UNDO || world.weather.isCalm() || world.below(10) > 0) {
      return false;
    }
    // what is published is not undone
    session.engine().commit();
    return true;
  }
}
