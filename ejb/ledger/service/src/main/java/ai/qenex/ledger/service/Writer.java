package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.engine.Answer;
import ai.qenex.ledger.engine.LedgerState;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.PostingEngine;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The single writer. What queued up while the last commit ran is the next batch; it is decided in memory, copied into
 * the log with the fence in one transaction, and answered after the commit.
 *
 * <p>
 * What fails before COMMIT is sent is undone and tried again. If the outcome of a COMMIT is unknown, memory is dropped
 * and rebuilt from the database, and each waiting id is answered from the log or decided anew. A writer that lost its
 * lease stops for good.
 */
final class Writer implements Runnable {

  /** So often a batch may fail with the database within reach before its callers are told. */
  private static final int MAX_ATTEMPTS = 3;
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final String UNIQUE_VIOLATION = "23505";
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());

  private final WriterSession session;
  private final LedgerSettings settings;
  private final InstantSource clock;
  private final WorkQueue queue;
  private final Health health;
  private final Consumer<LedgerState> newState;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private List<Slot> inHand = List.of();

  /** @param newState is told the state whenever it was rebuilt */
  Writer(WriterSession session, InstantSource clock, WorkQueue queue, Consumer<LedgerState> newState) {
    this.session = session;
    this.settings = session.settings();
    this.clock = clock;
    this.queue = queue;
    this.newState = newState;
    this.health = new Health();
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
      if (started()) {
        serve();
      }
      health.notReady("the ledger is stopping");
    } catch (FencedException e) {
      LOG.log(Level.ERROR, "The ledger''s writer stops: {0}", e.getMessage());
      health.notReady("the ledger's writer is fenced: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      health.notReady("the ledger's writer was interrupted");
    } catch (RuntimeException e) {
      // the thread's boundary: nothing may be written any more, and somebody must look
      LOG.log(Level.ERROR, "The ledger's writer stops", e);
      health.notReady("the ledger's writer broke: " + e.getMessage());
    } finally {
      if (health.whyNotReady().isEmpty()) {
        health.notReady("the ledger's writer ended without order");
      }
      session.close();
      failAll(inHand);
      failAll(queue.close());
    }
  }

  private void serve() throws FencedException, InterruptedException {
    while (!isStopping()) {
      inHand = queue.take(settings.batchLines(), IDLE.toNanos());
      if (!inHand.isEmpty()) {
        write(inHand);
        inHand = List.of();
      }
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** False if the ledger stops before the database is there. */
  private boolean started() throws FencedException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!isStopping()) {
      try {
        session.start();
        openFirstDay();
        newState.accept(session.engine().state());
        health.ready();
        return true;
      } catch (CommitUnknownException e) {
        LOG.log(Level.WARNING, "The ledger starts once more", e);
      } catch (SQLException e) {
        pause = pauseAfter(e, pause);
      }
    }
    return false;
  }

  /** The bank's life begins with a day. */
  private void openFirstDay() throws SQLException, FencedException, CommitUnknownException {
    if (session.engine().state().openDates().isEmpty()) {
      var today = settings.calendar().sameOrNext(LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()));
      var ids = new UuidV7(clock, new SecureRandom());
      var opening = new OpenBusinessDate(ids.next(), settings.firstBusinessDate().orElse(today));
      writeOnce(List.of(new Slot(new Submission(List.of(opening)), 0)), new Attempt(false, Long.MAX_VALUE));
    }
  }

  private boolean reconnected() throws FencedException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!isStopping()) {
      try {
        session.reconnect();
        health.ready();
        return true;
      } catch (SQLException e) {
        pause = pauseAfter(e, pause);
      }
    }
    return false;
  }

  private Duration pauseAfter(SQLException cause, Duration pause) throws InterruptedException {
    health.notReady("the ledger's database does not answer: " + cause.getMessage());
    LOG.log(Level.WARNING, "The ledger's database does not answer: {0}", cause.getMessage());
    stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  /** Brings a batch to its end, whatever happens on the way. */
  private void write(List<Slot> batch) throws FencedException, InterruptedException {
    var attempt = new Attempt(false, Long.MAX_VALUE);
    for (int failures = 0; failures < MAX_ATTEMPTS; failures++) {
      List<Slot> awaited = batch.stream().filter(slot -> !slot.submission().isAbandoned()).toList();
      long before = session.engine().state().lastSeq();
      try {
        writeOnce(awaited, attempt);
        return;
      } catch (CommitUnknownException e) {
        LOG.log(Level.WARNING, "The ledger starts again from its database", e);
        health.notReady("the ledger starts again after an unknown commit");
        if (!started()) {
          break;
        }
        attempt = new Attempt(true, Math.min(before, attempt.notAnsweredAfter));
      } catch (SQLException e) {
        LOG.log(Level.WARNING, "A batch of the ledger failed before its commit: {0}", e.getMessage());
        attempt = new Attempt(true, attempt.notAnsweredAfter);
        if (!reconnected()) {
          break;
        }
        if (isRefusedByData(e)) {
          writeOneByOne(awaited, e);
          return;
        }
      }
    }
    failAll(batch);
  }

  /** One instruction wants what the database does not take: it alone shall fail. */
  private void writeOneByOne(List<Slot> batch, SQLException refusal) throws FencedException, InterruptedException {
    if (batch.size() == 1) {
      batch.get(0).fail(new QenexException(ErrorCode.STORAGE_FAILED, "the database refused the entry", refusal));
      return;
    }
    for (Slot slot : batch) {
      write(List.of(slot));
    }
  }

  /**
   * @param lookUpAll whether every id is asked of the log
   * @param notAnsweredAfter entries behind this one were not answered yet
   */
  private record Attempt(boolean lookUpAll, long notAnsweredAfter) {}

  private void writeOnce(List<Slot> batch, Attempt attempt)
      throws SQLException, FencedException, CommitUnknownException {
    PostingEngine engine = session.engine();
    List<UUID> unsure = idsToLookUp(batch, attempt.lookUpAll);
    Map<UUID, LogRow> known = unsure.isEmpty() ? Map.of() : session.find(unsure);
    engine.begin(clock.instant(), known, attempt.notAnsweredAfter);
    List<Answer> answers = decide(batch, engine);
    if (engine.rows().isEmpty()) {
      engine.commit();
      if (!unsure.isEmpty()) {
        session.rollback();
      }
    } else {
      session.commit();
      engine.commit();
    }
    answer(batch, answers);
  }

  /** Decides all and sends what is to be written as it comes, up to the COMMIT. */
  private List<Answer> decide(List<Slot> batch, PostingEngine engine) throws SQLException, FencedException {
    try {
      var answers = new ArrayList<Answer>(batch.size());
      for (Slot slot : batch) {
        answers.add(engine.decide(slot.instruction(), slot.ids()));
        session.copy(engine.rows());
      }
      if (!engine.rows().isEmpty()) {
        session.seal();
      }
      return answers;
    } catch (SQLException e) {
      engine.rollback();
      if (UNIQUE_VIOLATION.equals(e.getSQLState()) && "log_pkey".equals(constraintOf(e))) {
        throw new FencedException("another writer wrote the same entry");
      }
      throw e;
    }
  }

  private List<UUID> idsToLookUp(List<Slot> batch, boolean all) {
    PostingEngine engine = session.engine();
    var unsure = new ArrayList<UUID>();
    for (Slot slot : batch) {
      for (UUID id : slot.ids()) {
        if (all || engine.mustLookUp(id)) {
          unsure.add(id);
        }
      }
    }
    return unsure;
  }

  private static void answer(List<Slot> batch, List<Answer> answers) {
    for (int i = 0; i < batch.size(); i++) {
      if (answers.get(i) instanceof Answer.Decided decided) {
        batch.get(i).answer(decided.outcome());
      } else {
        RuntimeException cause = ((Answer.Faulted) answers.get(i)).cause();
        LOG.log(Level.ERROR, "An instruction broke while it was decided", cause);
        batch.get(i)
            .fail(new QenexException(ErrorCode.INVARIANT_BROKEN, "the instruction broke while it was decided", cause));
      }
    }
  }

  private static void failAll(List<Slot> slots) {
    for (Slot slot : slots) {
      slot.fail(new QenexException(ErrorCode.UNAVAILABLE, "the ledger cannot write now; submit the same id again"));
    }
  }

  /**
   * Classes 22 and 23: the data is to blame, not the machine. An id that is known already is found when all are looked
   * up.
   */
  private static boolean isRefusedByData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return (state.startsWith("22") || state.startsWith("23")) && !UNIQUE_VIOLATION.equals(state);
  }

  private static String constraintOf(SQLException e) {
    ServerErrorMessage message = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    return message == null ? "" : String.valueOf(message.getConstraint());
  }
}
