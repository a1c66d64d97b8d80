package ai.qenex.ledger.service;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.ledger.seal.RangeHead;
import ai.qenex.ledger.seal.RangeTree;
import ai.qenex.ledger.service.SealStore.Node;
import ai.qenex.security.MessageSigner;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Follows the log and seals it range by range (invariant {@code LEDGER-7}). It never holds up the writer: what was
 * committed reaches it from the writer's memory, and what it missed, after a restart or in a flood, it reads from the
 * log. After any failure it starts again from the last head.
 */
final class Sealer implements Runnable {

  private static final long POLL_MILLIS = 50;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  /** Entries that are read from the log at once. */
  private static final int CATCH_UP = 20_000;
  private static final System.Logger LOG = System.getLogger(Sealer.class.getName());

  private final DataSource database;
  private final SealSettings settings;
  private final Supplier<MessageSigner> signers;
  private final InstantSource clock;
  private final FollowedLog log;
  private final SealFeed feed = new SealFeed();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final TreeHash hash = new TreeHash();
  private final RangeTree range = new RangeTree(hash);
  private final MerkleStack ranges = new MerkleStack(hash);
  /** Whether what follows agrees with the database. */
  private boolean restored;
  private Optional<RangeHead> before = Optional.empty();
  private long next = 1;
  private long rangeSince;
  /** The key that is known to be among those of the seal. */
  private String registered = "";

  /** The log as the sealer needs to know it. */
  interface FollowedLog {

    /** The last entry that is in the log for certain. */
    long committedSeq();

    /** Whether this node writes. */
    boolean isLeader();
  }

  /**
   * Signs, and says when.
   *
   * @param signers gives the key for the next head, which a rotation changes
   */
  record Notary(Supplier<MessageSigner> signers, InstantSource clock) {}

  Sealer(DataSource database, SealSettings settings, Notary notary, FollowedLog log) {
    this.database = database;
    this.settings = settings;
    this.signers = notary.signers;
    this.clock = notary.clock;
    this.log = log;
  }

  CommittedRows feed() {
    return feed;
  }

  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try {
      while (stopping.getCount() > 0) {
        try {
          turn(feed.poll(POLL_MILLIS));
        } catch (SQLException | RuntimeException e) {
          // the thread's boundary: what it broke on is logged, the writer goes on, and it starts from the last head
          LOG.log(Level.WARNING, "Sealing the log failed and starts again", e);
          restored = false;
          stopping.await(PAUSE_AFTER_FAILURE.toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** @param fed what was committed, or null */
  void turn(LedgerEntry[] fed) throws SQLException {
    if (!log.isLeader()) {
      restored = false;
      return;
    }
    if (!restored) {
      restore();
    }
    if (fed == null) {
      catchUp(log.committedSeq());
    } else {
      catchUp(fed[0].seq() - 1);
      for (LedgerEntry entry : fed) {
        add(entry);
      }
    }
    if (range.size() > 0 && System.nanoTime() - rangeSince >= settings.delay().toNanos()) {
      seal();
    }
  }

  private void restore() throws SQLException {
    try (Connection connection = database.getConnection()) {
      var store = new SealStore(connection);
      before = store.last().map(SignedHead::head);
      long size = before.map(RangeHead::number).orElse(0L);
      var roots = new ArrayList<Hash>();
      for (int level = Long.SIZE - 1; level >= 0; level--) {
        if ((size >>> level & 1) == 1) {
          roots.add(store.node(level, (size >>> level) - 1));
        }
      }
      ranges.restore(size, roots);
    }
    range.clear();
    next = before.map(RangeHead::last).orElse(0L) + 1;
    restored = true;
  }

  /** Reads from the log what was not fed, up to an entry that is there for certain. */
  private void catchUp(long upTo) throws SQLException {
    while (next <= upTo && stopping.getCount() > 0) {
      long to = Math.min(upTo, next + CATCH_UP - 1);
      var entries = new ArrayList<LedgerEntry>(CATCH_UP);
      try (Connection connection = database.getConnection()) {
        connection.setAutoCommit(false);
        try {
          new LogStore(AssetTable.load(connection)).scan(connection, next - 1, to, row -> entries.add(row.entry()));
        } finally {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
      for (LedgerEntry entry : entries) {
        add(entry);
      }
      if (next <= to) {
        throw new IllegalStateException("the log has no entry " + next + ", so it cannot be sealed");
      }
    }
  }

  private void add(LedgerEntry entry) throws SQLException {
    if (entry.seq() < next) {
      return;
    }
    if (entry.seq() > next) {
      throw new IllegalStateException("entry " + entry.seq() + " came where " + next + " belongs");
    }
    if (range.size() == 0) {
      rangeSince = System.nanoTime();
    }
    range.add(entry);
    next++;
    if (entry.seq() % settings.rangeEntries() == 0) {
      seal();
    }
  }

  private void seal() throws SQLException {
    Hash root = range.root();
    MessageSigner signer = signers.get();
    long first = next - range.size();
    long number = ranges.size() + 1;
    var nodes = new ArrayList<Node>();
    ranges.add(RangeHead.leaf(first, next - 1, root), (level, index, node) -> nodes.add(new Node(level, index, node)));
    var head = new RangeHead(number, first, next - 1, root, ranges.root(),
        before.map(RangeHead::hash).orElse(Hash.NOTHING), clock.instant().truncatedTo(ChronoUnit.MICROS),
        signer.suite(), signer.keyId());
    store(new SignedHead(head, signer.sign(head.form()), range.chunks()), nodes, signer);
    before = Optional.of(head);
    range.clear();
  }

  private void store(SignedHead sealed, List<Node> nodes, MessageSigner signer) throws SQLException {
    restored = false; // unless it is known to be stored
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var store = new SealStore(connection);
        if (!signer.keyId().equals(registered)) {
          store.register(signer, clock.instant());
        }
        store.add(sealed, nodes);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    restored = true;
    registered = signer.keyId();
  }
}
