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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the writer does, turn by turn. In one turn it takes its lease and its memory from the database, or finds a new
 * connection, or decides one batch; it never waits for anything but the database. So whoever takes the turns decides
 * about time: the {@link Writer}'s thread, or a simulation.
 *
 * <p>
 * A small batch is written at once. A large one is handed to the {@link Scribe}, and while that is under way the next
 * one is decided, on what the first will have done. Nobody is answered before his own batch is committed.
 *
 * <p>
 * What fails before COMMIT is sent is undone and tried again, and so is what was decided on it. If the outcome of a
 * COMMIT is unknown, memory is dropped and rebuilt from the database, and each waiting id is answered from the log or
 * decided anew.
 */
final class WriterTurns {

  /** So often a batch may fail with the database within reach before its callers are told. */
  private static final int MAX_ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final String UNIQUE_VIOLATION = "23505";
  /** The primary key of any range of the log. */
  private static final Pattern SEQ_ONCE = Pattern.compile("log(_\\d+)?_pkey");
  private static final System.Logger LOG = System.getLogger(WriterTurns.class.getName());

  private final WriterSession session;
  private final LedgerSettings settings;
  private final InstantSource clock;
  private final Health health;
  private final Consumer<LedgerState> newState;
  /** What was taken in and is not under way, in order. */
  private final Deque<Batch> inHand = new ArrayDeque<>();
  /** What the scribe has, comes before all in hand; null if nothing. */
  private Sent underWay;
  private Need need = Need.START;
  private Duration pause = FIRST_PAUSE;

  /** @param newState is told the state whenever it was rebuilt */
  WriterTurns(WriterSession session, InstantSource clock, Health health, Consumer<LedgerState> newState) {
    this.session = session;
    this.settings = session.settings();
    this.clock = clock;
    this.health = health;
    this.newState = newState;
  }

  /** What has to be done before anything can be written. */
  private enum Need { START, CONNECTION, NOTHING }

  /**
   * Instructions that are written together.
   *
   * @param failures how often that was tried in vain
   * @param notAnsweredAfter entries behind this one were not answered yet
   */
  private record Batch(List<Slot> slots, int failures, long notAnsweredAfter) {

    /** Whether every id is asked of the log. */
    boolean looksUpAll() {
      return failures > 0;
    }

    Batch failed(long notAnswered) {
      return new Batch(slots, failures + 1, Math.min(notAnswered, notAnsweredAfter));
    }

    Batch of(Slot slot) {
      return new Batch(List.of(slot), 0, notAnsweredAfter);
    }

    /** Without those that nobody waits for any more. */
    Batch awaited() {
      return new Batch(slots.stream().filter(slot -> !slot.submission().isAbandoned()).toList(), failures,
          notAnsweredAfter);
    }
  }

  /**
   * A batch that was decided.
   *
   * @param passage without rows if there is nothing to write
   * @param entriesBefore the last entry before it
   * @param handedOver whether the scribe has it
   */
  private record Sent(Batch batch, List<Answer> answers, Passage passage, long entriesBefore, boolean handedOver) {}

  /** Whether new work can be taken in. */
  boolean isIdle() {
    return inHand.isEmpty() && need == Need.NOTHING;
  }

  /** Whether a batch was decided and not answered yet. */
  boolean isUnderWay() {
    return underWay != null;
  }

  void takeIn(List<Slot> slots) {
    if (!slots.isEmpty()) {
      inHand.addLast(new Batch(slots, 0, Long.MAX_VALUE));
    }
  }

  /**
   * Takes one turn.
   *
   * @return how long to wait before the next; zero unless the database does not answer
   * @throws FencedException if another writer took the lease: nothing may be written any more
   */
  Duration turn() throws FencedException {
    switch (need) {
      case START -> {
        return start();
      }
      case CONNECTION -> {
        return reconnect();
      }
      case NOTHING -> {
        if (!inHand.isEmpty()) {
          write(inHand.removeFirst().awaited());
        } else if (underWay != null && session.scribe().hasFinished(underWay.passage)) {
          settle();
        }
      }
    }
    return Duration.ZERO;
  }

  /** The most log entries that one turn writes. */
  int batchLines() {
    return settings.batchLines();
  }

  /** Tells all who wait for what was taken in that they get no answer, and why. The session is closed. */
  void abandon(QenexException cause) {
    if (underWay != null) {
      if (underWay.handedOver) {
        // it ends soon without its connection, and whoever leads next must not meet it
        session.scribe().finish(underWay.passage);
      }
      failAll(underWay.batch.slots, cause);
      underWay = null;
    }
    inHand.forEach(batch -> failAll(batch.slots, cause));
    inHand.clear();
  }

  static void failAll(List<Slot> slots, QenexException cause) {
    for (Slot slot : slots) {
      slot.fail(cause);
    }
  }

  private Duration start() throws FencedException {
    try {
      session.start();
      openFirstDay();
    } catch (CommitUnknownException e) {
      LOG.log(Level.WARNING, "The ledger starts once more", e);
      return Duration.ZERO;
    } catch (SQLException e) {
      return pauseAfter(e);
    }
    newState.accept(session.engine().state());
    return goOn();
  }

  /** The bank's life begins with a day. */
  private void openFirstDay() throws SQLException, FencedException, CommitUnknownException {
    if (session.engine().state().openDates().isEmpty()) {
      var today = settings.calendar().sameOrNext(LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()));
      var ids = new UuidV7(clock, new SecureRandom());
      var opening = new OpenBusinessDate(ids.next(), settings.firstBusinessDate().orElse(today));
      var batch = new Batch(List.of(new Slot(new Submission(List.of(opening)), 0)), 0, Long.MAX_VALUE);
      Sent sent = decide(batch, Map.of());
      bringHome(sent);
      sent.passage.requireCommitted();
      session.committed();
    }
  }

  private Duration reconnect() throws FencedException {
    try {
      session.reconnect();
    } catch (SQLException e) {
      return pauseAfter(e);
    }
    return goOn();
  }

  private Duration goOn() {
    need = Need.NOTHING;
    pause = FIRST_PAUSE;
    health.ready();
    return Duration.ZERO;
  }

  private Duration pauseAfter(SQLException cause) {
    health.notReady("the ledger's database does not answer: " + cause.getMessage());
    LOG.log(Level.WARNING, "The ledger's database does not answer: {0}", cause.getMessage());
    Duration now = pause;
    Duration longer = now.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    return now;
  }

  private void write(Batch batch) throws FencedException {
    inHand.addFirst(batch);
    var questions = LogQuestions.of(session.engine(), batch.slots, batch.looksUpAll());
    if (!questions.isEmpty() && underWay != null) {
      // whoever asks the log must find there what is under way
      if (!settle()) {
        return;
      }
      questions = LogQuestions.of(session.engine(), batch.slots, batch.looksUpAll());
    }
    Sent sent;
    try {
      sent = decide(batch, questions.ask(session));
      if (!settle()) {
        return;
      }
      if (sent.passage.rows() == 0) {
        session.committed();
        if (!questions.isEmpty()) {
          session.rollback();
        }
      }
    } catch (SQLException e) {
      inHand.removeFirst();
      giveBack(batch, e);
      return;
    }
    inHand.removeFirst();
    if (sent.passage.rows() == 0) {
      answer(sent);
      return;
    }
    underWay = sent;
    if (sent.handedOver) {
      session.engine().seal();
    } else {
      settle();
    }
  }

  /** Decides all, and hands over what is to be written as it comes if it becomes much. */
  private Sent decide(Batch batch, Map<UUID, LogRow> known) {
    PostingEngine engine = session.engine();
    long entriesBefore = engine.state().lastSeq();
    Passage passage = session.passage(underWay == null ? null : underWay.passage);
    engine.begin(clock.instant(), known, batch.notAnsweredAfter);
    List<LogRow> rows = engine.rows();
    var answers = new ArrayList<Answer>(batch.slots.size());
    boolean handedOver = false;
    for (Slot slot : batch.slots) {
      answers.add(engine.decide(slot.instruction(), slot.ids()));
      if (rows.size() - passage.rows() >= session.scribe().pieceRows()) {
        handedOver = give(rows, passage, handedOver);
      }
    }
    if (rows.size() > passage.rows()) {
      handedOver = give(rows, passage, handedOver);
    }
    passage.complete();
    return new Sent(batch, answers, passage, entriesBefore, handedOver);
  }

  private boolean give(List<LogRow> rows, Passage passage, boolean handedOver) {
    passage.add(rows.subList(passage.rows(), rows.size()));
    return handedOver || session.scribe().take(passage);
  }

  /**
   * Waits until what is under way has ended, and answers it.
   *
   * @return false if it failed, so that all that was decided is undone, and in hand again
   */
  boolean settle() throws FencedException {
    if (underWay == null) {
      return true;
    }
    bringHome(underWay);
    boolean arrived = hasArrived(underWay);
    underWay = null;
    return arrived;
  }

  private void bringHome(Sent sent) {
    if (sent.handedOver) {
      session.scribe().finish(sent.passage);
    } else {
      sent.passage.run();
    }
  }

  private boolean hasArrived(Sent sent) throws FencedException {
    try {
      sent.passage.requireCommitted();
    } catch (CommitUnknownException e) {
      LOG.log(Level.WARNING, "The ledger starts again from its database", e);
      health.notReady("the ledger starts again after an unknown commit");
      need = Need.START;
      tryAgain(sent.batch.failed(sent.entriesBefore));
      return false;
    } catch (SQLException e) {
      session.engine().rollback();
      requireOwnEntries(e);
      giveBack(sent.batch, e);
      return false;
    }
    session.committed();
    answer(sent);
    return true;
  }

  private static void requireOwnEntries(SQLException e) throws FencedException {
    if (UNIQUE_VIOLATION.equals(e.getSQLState()) && SEQ_ONCE.matcher(constraintOf(e)).matches()) {
      throw new FencedException("another writer wrote the same entry");
    }
  }

  /** Into the hand, to be tried again after a failure before the commit. */
  private void giveBack(Batch batch, SQLException e) {
    LOG.log(Level.WARNING, "A batch of the ledger failed before its commit: {0}", e.getMessage());
    need = Need.CONNECTION;
    if (isRefusedByData(e) || e instanceof ArchiveUnreadableException) {
      writeOneByOne(batch, e);
    } else {
      tryAgain(batch.failed(batch.notAnsweredAfter));
    }
  }

  private void tryAgain(Batch failed) {
    if (failed.failures < MAX_ATTEMPTS) {
      inHand.addFirst(failed);
    } else {
      failAll(failed.slots,
          new QenexException(ErrorCode.UNAVAILABLE, "the ledger cannot write now; submit the same id again"));
    }
  }

  /** One instruction wants what the database does not take: it alone shall fail. */
  private void writeOneByOne(Batch batch, SQLException refusal) {
    if (batch.slots.size() == 1) {
      batch.slots.get(0)
          .fail(refusal instanceof ArchiveUnreadableException unreadable
              ? new QenexException(ErrorCode.UNAVAILABLE, unreadable.getMessage(), unreadable)
              : new QenexException(ErrorCode.STORAGE_FAILED, "the database refused the entry", refusal));
      return;
    }
    for (int i = batch.slots.size() - 1; i >= 0; i--) {
      inHand.addFirst(batch.of(batch.slots.get(i)));
    }
  }

  private static void answer(Sent sent) {
    List<Slot> batch = sent.batch.slots;
    List<Answer> answers = sent.answers;
    for (int i = 0; i < batch.size(); i++) {
      if (answers.get(i) instanceof Answer.Decided decided) {
        batch.get(i).answer(decided.outcome());
      } else {
        RuntimeException cause = ((Answer.Faulted) answers.get(i)).cause();
        LOG.log(Level.ERROR, "An instruction broke while it was decided", cause);
        batch.get(i).fail(cause instanceof QenexException fault ? fault
            : new QenexException(ErrorCode.INVARIANT_BROKEN, "the instruction broke while it was decided", cause));
      }
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
