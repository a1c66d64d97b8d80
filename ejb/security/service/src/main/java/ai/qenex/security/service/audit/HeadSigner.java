package ai.qenex.security.service.audit;

import ai.qenex.kernel.Hash;
import ai.qenex.security.AuditHead;
import ai.qenex.security.MessageSigner;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Signs what the log holds, as often as there is news but not more often than configured (invariant AUDIT-2). A head is
 * stored by a transaction that waits for the disk, and so for every record it covers, before its copy leaves the
 * database: what a head covers can no longer be lost. For one thread.
 */
final class HeadSigner implements Runnable {

  private static final int HEADS_AT_ONCE = 100;
  private static final System.Logger LOG = System.getLogger(HeadSigner.class.getName());

  private final DataSource database;
  private final AuditSettings settings;
  private final AuditAppender appender;
  private final Supplier<MessageSigner> keys;
  private final InstantSource clock;
  private final HeadFiles files;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Optional<AuditHead> copied = Optional.empty();
  private boolean restored;
  private long openFrom;
  private volatile String violation;

  /** Who signs the next head, and when it is. */
  record Notary(Supplier<MessageSigner> keys, InstantSource clock) {}

  HeadSigner(DataSource database, AuditSettings settings, Notary notary, AuditAppender appender) {
    this.database = database;
    this.settings = settings;
    this.keys = notary.keys;
    this.clock = notary.clock;
    this.appender = appender;
    this.files = new HeadFiles(settings.folder(), settings.node());
  }

  /** What is wrong between the database and the copies of its heads. */
  Optional<String> violation() {
    return Optional.ofNullable(violation);
  }

  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      boolean last = false;
      while (!last) {
        last = stopping.await(settings.headEvery().toNanos(), TimeUnit.NANOSECONDS);
        try {
          turn();
        } catch (SQLException | IOException | RuntimeException e) {
          // the thread's boundary: records are written all the same, and the next head covers them
          LOG.log(Level.WARNING, "Signing the audit log failed and is tried again", e);
          restored = false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void turn() throws SQLException, IOException {
    if (appender.whyNot().isPresent()) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      var store = new AuditStore(connection);
      if (!restored) {
        copied = files.last();
        restored = true;
      }
      keepOpen(connection);
      AuditTip.Standing standing = appender.tip().standing();
      Optional<AuditHead> before = store.latestHead();
      if (standing.size() > before.map(AuditHead::size).orElse(0L)) {
        sign(connection, standing, before);
      }
      copy(store);
    }
  }

  private void sign(Connection connection, AuditTip.Standing standing, Optional<AuditHead> before)
      throws SQLException {
    MessageSigner signer = keys.get();
    var head = new AuditHead(before.map(AuditHead::number).orElse(0L) + 1, standing.size(), standing.root(),
        clock.instant().truncatedTo(ChronoUnit.MICROS), before.map(AuditHead::hash).orElse(Hash.NOTHING),
        signer.suite(), signer.keyId(), signer.epoch(), new byte[0]);
    connection.setAutoCommit(false);
    try {
      var store = new AuditStore(connection);
      store.register(signer, head.at());
      store.add(head.signed(signer.sign(head.form())), standing.nodes());
      connection.commit();
      appender.tip().kept(standing.nodes());
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Copies what is not outside yet, this node's heads and those of others. */
  private void copy(AuditStore store) throws SQLException, IOException {
    if (copied.isPresent() && !store.head(copied.get().number()).equals(copied)) {
      violation = "head " + copied.get().number() + ", of which there is a copy outside, is not in the database as it"
          + " was: the log was cut off, rewritten, or an older one was put in its place";
      return;
    }
    violation = null;
    List<AuditHead> heads;
    do {
      heads = store.headsAfter(copied.map(AuditHead::number).orElse(0L), HEADS_AT_ONCE);
      files.append(heads);
      copied = heads.isEmpty() ? copied : Optional.of(heads.get(heads.size() - 1));
    } while (heads.size() == HEADS_AT_ONCE);
  }

  /** Notes where to look for open intents after a crash. */
  private void keepOpen(Connection connection) throws SQLException {
    long from = appender.openFrom();
    if (from == openFrom) {
      return;
    }
    try (var statement = connection.prepareStatement("insert into security.audit_open (node, seq) values (?, ?)"
        + " on conflict (node) do update set seq = excluded.seq")) {
      statement.setString(1, settings.node());
      statement.setLong(2, from);
      statement.executeUpdate();
    }
    openFrom = from;
  }
}
