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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the writer does, turn by turn. In one turn it takes its lease and its memory from the database, or finds a new
 * connection, or writes one batch; it never waits for anything but the database. So whoever takes the turns decides
 * about time: the {@link Writer}'s thread, or a simulation.
 *
 * <p>
 * What fails before COMMIT is sent is undone and tried again. If the outcome of a COMMIT is unknown, memory is dropped
 * and rebuilt from the database, and each waiting id is answered from the log or decided anew.
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
  /** What was taken in and has no answer yet, in order. */
  private final Deque<Batch> inHand = new ArrayDeque<>();
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

  /** Whether new work can be taken in. */
  boolean isIdle() {
    return inHand.isEmpty() && need == Need.NOTHING;
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
          write(inHand.removeFirst());
        }
      }
    }
    return Duration.ZERO;
  }

  /** The most log entries that one turn writes. */
  int batchLines() {
    return settings.batchLines();
  }

  /** Tells all who wait for what was taken in that they get no answer, and why. */
  void abandon(QenexException cause) {
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
      writeOnce(new Batch(List.of(new Slot(new Submission(List.of(opening)), 0)), 0, Long.MAX_VALUE));
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

  private void write(Batch taken) throws FencedException {
    Batch batch = taken.awaited();
    long before = session.engine().state().lastSeq();
    inHand.addFirst(batch);
    try {
      writeOnce(batch);
      inHand.removeFirst();
    } catch (CommitUnknownException e) {
      LOG.log(Level.WARNING, "The ledger starts again from its database", e);
      health.notReady("the ledger starts again after an unknown commit");
      need = Need.START;
      tryAgain(batch.failed(before));
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "A batch of the ledger failed before its commit: {0}", e.getMessage());
      need = Need.CONNECTION;
      if (isRefusedByData(e) || e instanceof ArchiveUnreadableException) {
        writeOneByOne(batch, e);
      } else {
        tryAgain(batch.failed(batch.notAnsweredAfter));
      }
    }
  }

  private void tryAgain(Batch failed) {
    inHand.removeFirst();
    if (failed.failures < MAX_ATTEMPTS) {
      inHand.addFirst(failed);
    } else {
      failAll(failed.slots,
          new QenexException(ErrorCode.UNAVAILABLE, "the ledger cannot write now; submit the same id again"));
    }
  }

  /** One instruction wants what the database does not take: it alone shall fail. */
  private void writeOneByOne(Batch batch, SQLException refusal) {
    inHand.removeFirst();
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

  private void writeOnce(Batch batch) throws SQLException, FencedException, CommitUnknownException {
    PostingEngine engine = session.engine();
    List<UUID> unsure = idsToLookUp(batch.slots, batch.looksUpAll());
    List<UUID> referred = referredIds(batch.slots);
    Map<UUID, LogRow> known = unsure.isEmpty() ? Map.of() : session.find(unsure);
    if (!referred.isEmpty()) {
      known = new HashMap<>(known);
      known.putAll(session.findReferred(referred));
    }
    engine.begin(clock.instant(), known, batch.notAnsweredAfter);
    List<Answer> answers = decide(batch.slots, engine);
    if (engine.rows().isEmpty()) {
      engine.commit();
      if (!unsure.isEmpty() || !referred.isEmpty()) {
        session.rollback();
      }
    } else {
      commit(engine);
      engine.commit();
      session.remember();
    }
    answer(batch.slots, answers);
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
      throw undone(engine, e);
    }
  }

  private void commit(PostingEngine engine) throws SQLException, FencedException, CommitUnknownException {
    try {
      session.commit();
    } catch (SQLException e) {
      throw undone(engine, e);
    }
  }

  private static SQLException undone(PostingEngine engine, SQLException cause) throws FencedException {
    engine.rollback();
    if (UNIQUE_VIOLATION.equals(cause.getSQLState()) && SEQ_ONCE.matcher(constraintOf(cause)).matches()) {
      throw new FencedException("another writer wrote the same entry");
    }
    return cause;
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
      for (UUID id : slot.instruction().legIds()) {
        if (all || engine.mustLookUp(id)) {
          unsure.add(id);
        }
      }
    }
    return unsure;
  }

  private List<UUID> referredIds(List<Slot> batch) {
    PostingEngine engine = session.engine();
    List<UUID> referred = List.of();
    for (Slot slot : batch) {
      for (UUID id : slot.instruction().refersTo()) {
        if (engine.mustLookUpReferred(id)) {
          referred = referred.isEmpty() ? new ArrayList<>() : referred;
          referred.add(id);
        }
      }
    }
    return referred;
  }

  private static void answer(List<Slot> batch, List<Answer> answers) {
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
