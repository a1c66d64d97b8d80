package ai.qenex.security.service.audit;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.audit.AuditForm;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Writes the log (invariants AUDIT-1 and AUDIT-3): takes what has queued up while the last write ran, gives it the next
 * numbers, chains it, and sends it in one COPY that is one transaction. After a failure it looks where the stored log
 * ends and writes what is not there; nothing that was taken is lost while the process lives.
 *
 * <p>
 * An intent's transaction commits without waiting for the disk: the WAL of a PostgreSQL cluster is one sequence, so
 * whatever commits after it on that cluster, and waits for the disk, takes it along.
 */
final class AuditAppender implements Runnable {

  private static final int MOST_RECORDS = 2_000;
  private static final long POLL_MILLIS = 200;
  private static final int VALID_SECONDS = 2;
  private static final String NUMBER_IS_TAKEN = "23505";
  private static final int SILENCE_MILLIS = 15_000;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
  private static final System.Logger LOG = System.getLogger(AuditAppender.class.getName());

  private final DataSource database;
  private final AuditSettings settings;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicLong uncounted = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch running = new CountDownLatch(1);
  private final AuditTip tip = new AuditTip();
  private final AuditForm form = new AuditForm();
  private final CopyRows rows = new CopyRows();
  private final TreeSet<Long> open = new TreeSet<>();
  private final List<Waiting> batch = new ArrayList<>();
  /** What the batch was written as, if it is not known whether it was. */
  private List<AuditRecord> attempted = List.of();
  private Connection connection;
  private boolean waitsForDisk;
  private volatile String whyNot = "the audit log is starting";

  AuditAppender(DataSource database, AuditSettings settings, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  AuditTip tip() {
    return tip;
  }

  boolean isFull() {
    return queue.size() >= settings.queued();
  }

  /** Why nothing can be written at the moment; empty when all is well. */
  Optional<String> whyNot() {
    return Optional.ofNullable(whyNot);
  }

  /** Answers false if it does not run in time. */
  boolean awaitStart(Duration patience) throws InterruptedException {
    return running.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The lowest number of an intent that has no end yet; one above the newest record if there is none. */
  long openFrom() {
    synchronized (tip) {
      return open.isEmpty() ? tip.seq() + 1 : open.first();
    }
  }

  /** @throws QenexException {@link ErrorCode#OVERLOADED}, {@link ErrorCode#UNAVAILABLE}: nothing may be done then */
  long write(AuditEvent event, boolean durable) {
    if (isFull()) {
      throw new QenexException(ErrorCode.OVERLOADED, "the audit log has more to write than it takes on");
    }
    var waiting = new Waiting(event, durable);
    queue.add(waiting);
    try {
      long seq = waiting.await(settings.patience());
      if (seq > 0) {
        return seq;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new QenexException(ErrorCode.UNAVAILABLE, "the audit log does not answer, so nothing was done");
  }

  /** Bounded too: each intent has one end, and whatever else comes when the queue is full is only counted. */
  void note(AuditEvent event) {
    if (event.intent() == 0 && isFull()) {
      uncounted.incrementAndGet();
    } else {
      queue.add(new Waiting(event, false));
    }
  }

  /** Writes what has been handed over until now, and ends. */
  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      while (stopping.getCount() > 0 || !queue.isEmpty() && connection != null) {
        try {
          turn();
        } catch (SQLException | RuntimeException e) {
          // the thread's boundary: what it broke on is logged, and it goes on from what the database has
          LOG.log(Level.WARNING, "Writing the audit log failed and is tried again", e);
          whyNot = "the audit log cannot be written: " + e.getMessage();
          disconnect();
          stopping.await(PAUSE_AFTER_FAILURE.toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
    }
  }

  private void turn() throws SQLException, InterruptedException {
    if (connection == null) {
      connect();
    }
    if (batch.isEmpty()) {
      Waiting first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        return;
      }
      batch.add(first);
      queue.drainTo(batch, MOST_RECORDS - 1);
      tellUncounted();
    }
    append();
  }

  private void tellUncounted() {
    long missing = uncounted.getAndSet(0);
    if (missing > 0) {
      batch.add(new Waiting(AuditEvent.of(AuditKind.NODE, "write", new AuditSubject("audit", settings.node()),
          AuditOutcome.FAILED).by(AuditOrigin.service("audit", "")).because("more refusals than could be written")
          .changing("", "not written one by one: " + missing), false));
    }
  }

  private void append() throws SQLException {
    boolean durable = settings.synchronous();
    Hash previous = tip.last();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant at = now.isBefore(tip.lastAt()) ? tip.lastAt() : now;
    long seq = tip.seq();
    var records = new ArrayList<AuditRecord>(batch.size());
    rows.begin();
    for (Waiting waiting : batch) {
      // a number that no record can have had yet would keep the whole log waiting, for ever
      AuditEvent event = waiting.event.intent() > seq ? waiting.event.ending(0) : waiting.event;
      AuditRecord record = form.record(++seq, at, new AuditForm.Place(previous, settings.node()), event);
      previous = record.hash();
      records.add(record);
      rows.add(record);
      durable |= waiting.durable;
    }
    waitForDisk(durable);
    attempted = records;
    try {
      AuditCopy.send(connection, rows.end());
    } catch (SQLException e) {
      if (!NUMBER_IS_TAKEN.equals(e.getSQLState())) {
        throw e;
      }
      attempted = List.of(); // another node was quicker: nothing of it is there, and the batch comes again behind it
      tip.restore(new AuditStore(connection));
      return;
    }
    written(records);
  }

  private void written(List<AuditRecord> records) {
    tip.add(records);
    complete(records);
  }

  private void complete(List<AuditRecord> records) {
    synchronized (tip) {
      for (AuditRecord record : records) {
        if (record.event().outcome() == AuditOutcome.INTENDED) {
          open.add(record.seq());
        }
        open.remove(record.event().intent());
      }
    }
    List<Waiting> done = List.copyOf(batch);
    batch.clear();
    attempted = List.of();
    for (int i = 0; i < done.size(); i++) {
      Waiting waiting = done.get(i);
      long seq = records.get(i).seq();
      if (!waiting.written(seq) && waiting.event.outcome() == AuditOutcome.INTENDED) {
        note(waiting.event.ended(AuditOutcome.REFUSED).ending(seq)
            .because("the audit log answered too late: nothing was done"));
      }
    }
  }

  private void waitForDisk(boolean wanted) throws SQLException {
    if (waitsForDisk != wanted) {
      execute("set synchronous_commit = " + (wanted ? "on" : "off"));
      waitsForDisk = wanted;
    }
  }

  private void connect() throws SQLException {
    connection = database.getConnection();
    if (!connection.isValid(VALID_SECONDS)) {
      throw new SQLException("the pool gave a dead connection", "08003");
    }
    connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
    execute("set synchronous_commit = off");
    waitsForDisk = false;
    tip.restore(new AuditStore(connection));
    if (!attempted.isEmpty()) {
      settleAttempt();
    }
    whyNot = null;
    running.countDown();
  }

  /** Whether what was sent when the connection broke is there: all of it or nothing, it was one transaction. */
  private void settleAttempt() throws SQLException {
    List<AuditRecord> sent = attempted;
    attempted = List.of();
    var found = new ArrayList<AuditRecord>(1);
    long first = sent.get(0).seq();
    new AuditStore(connection).hashes(first, first, (seq, hash) -> {
      if (hash.equals(sent.get(0).hash())) {
        found.add(sent.get(0));
      }
    });
    if (!found.isEmpty()) {
      complete(sent);
      LOG.log(Level.INFO, "The audit log has what was sent before the connection broke, up to record {0}", tip.seq());
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void disconnect() {
    if (connection == null) {
      return;
    }
    try (Connection old = connection) {
      connection = null;
      // a broken connection, or one with our setting, must not go back to its pool alive
      old.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the appender's old connection", e);
    }
  }
}
