package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.LedgerCheck;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Proves the ledger's laws on one snapshot of the database, while posting goes on.
 *
 * <p>
 * A small log is proven from its first entry each time. In a large one the entries of which every law was seen to hold
 * are not read again: a check costs by what was written since the last one, and by the number of accounts. If it finds
 * something, everything is proven anew, so that what is reported is never a trick of the stretch that was looked at.
 *
 * <p>
 * The first check of a process does not read a huge log whole. It begins at the watermark, and each check proves one
 * slice more of the older entries, oldest first, until none is left; the report tells how many are.
 *
 * <p>
 * For many threads, which take turns.
 */
public final class BookProof implements LedgerCheck {

  /** Up to so many entries are proven each time: about two seconds' work. */
  private static final long SMALL_LOG = 300_000;
  /** The first check of a process proves a log of up to so many entries whole: about half a minute's work. */
  private static final long FIRST_STRETCH = 5_000_000;
  /** Of a longer one each check proves so many of the older entries. */
  private static final long SLICE = 1_000_000;
  private static final System.Logger LOG = System.getLogger(BookProof.class.getName());

  private final LogAccess access;
  private final InstantSource clock;
  private final Sizes sizes;
  /** Empty before the first check. */
  private Optional<Proven> proven = Optional.empty();

  public BookProof(DataSource database, InstantSource clock) {
    this(database, clock, new Sizes(SMALL_LOG, FIRST_STRETCH, SLICE));
  }

  BookProof(DataSource database, InstantSource clock, Sizes sizes) {
    this.access = new LogAccess(database);
    this.clock = clock;
    this.sizes = sizes;
  }

  /**
   * How much is proven at once, in entries.
   *
   * @param smallLog up to so many are proven each time
   * @param firstStretch up to so many are proven the first time
   * @param slice so many older ones are proven each time while there are any
   */
  record Sizes(long smallLog, long firstStretch, long slice) {}

  /**
   * What need not be read again.
   *
   * @param seq all laws hold up to this entry, which was a watermark, but for the older entries
   * @param transfers so many entries up to there are transfers
   */
  record Proven(long seq, long transfers, Older older) {
    static final Proven NOTHING = new Proven(0, 0, new Older(0, 0));
  }

  /** The entries behind {@code from} up to and including {@code to}, which no check looked at yet. */
  record Older(long from, long to) {
    long entries() {
      return to - from;
    }
  }

  @Override
  public synchronized Report check() {
    Report report = access.answerFromSnapshot(connection -> prove(connection, start(connection)));
    if (!report.passed()) {
      // once more from the first entry: what is reported must not come from where the look began
      proven = Optional.of(Proven.NOTHING);
      report = access.answerFromSnapshot(connection -> prove(connection, Proven.NOTHING));
    }
    if (!report.passed()) {
      LOG.log(Level.ERROR, "The ledger check found broken laws: {0}", report.violations());
    } else if (report.unproven() > 0) {
      LOG.log(Level.INFO, "The ledger check has {0} older entries still to prove", report.unproven());
    }
    return report;
  }

  private Proven start(Connection connection) throws SQLException {
    long last = LogAccess.figure(connection, "select coalesce(max(seq), 0) from ledger.log");
    long watermark = LogAccess.watermark(connection);
    if (last <= sizes.smallLog || (proven.isPresent() && watermark < proven.get().seq)) {
      return Proven.NOTHING;
    }
    if (proven.isPresent()) {
      return proven.get();
    }
    return last > sizes.firstStretch ? startBeforeAll(connection, watermark) : Proven.NOTHING;
  }

  /** Counts what lies before the watermark, and leaves the rest of the proof to the slices. */
  private static Proven startBeforeAll(Connection connection, long watermark) throws SQLException {
    String upTo = "select count(*) from ledger.log where seq <= " + watermark;
    return LogAccess.figure(connection, upTo) == watermark
        ? new Proven(watermark, LogAccess.figure(connection, upTo + " and kind = 1"), new Older(0, watermark))
        : Proven.NOTHING;
  }

  private Report prove(Connection connection, Proven from) throws SQLException {
    var violations = new ArrayList<String>();
    long last = LogAccess.figure(connection, "select coalesce(max(seq), 0) from ledger.log");
    long watermark = LogAccess.watermark(connection);
    long entries = proveNumbers(connection, from, last, violations);
    long transfers = provePostings(connection, from, watermark, violations);
    var laws = new LawQueries(connection, watermark);
    violations.addAll(laws.violations());
    violations.addAll(laws.violations(from.seq, Long.MAX_VALUE));
    Older older = proveSlice(laws, from.older, violations);
    List<Money> sums = sums(laws, violations);
    if (violations.isEmpty()) {
      proven = Optional.of(new Proven(watermark, transfers, older));
    }
    return new Report(sums, last, entries, watermark, older.entries(), lag(connection, watermark), violations);
  }

  /** Answers what is left. */
  private Older proveSlice(LawQueries laws, Older older, List<String> violations) throws SQLException {
    if (older.entries() == 0) {
      return older;
    }
    long end = Math.min(older.from + sizes.slice, older.to);
    violations.addAll(laws.violations(older.from, end));
    return new Older(end, older.to);
  }

  private static long proveNumbers(Connection connection, Proven from, long last, List<String> violations)
      throws SQLException {
    long entries = from.seq
        + LogAccess.figure(connection, "select count(*) from ledger.log where seq > " + from.seq);
    if (entries != last) {
      violations.add("the log has " + entries + " entries but ends with entry " + last);
    }
    long fence = LogAccess.figure(connection, "select seq from ledger.writer where k = 1");
    if (fence != last) {
      violations.add("the log ends with entry " + last + " but the writer's fence is at " + fence);
    }
    return entries;
  }

  /** Answers how many transfers there are up to the watermark. */
  private static long provePostings(Connection connection, Proven from, long watermark, List<String> violations)
      throws SQLException {
    long transfers = from.transfers + LogAccess.figure(connection,
        "select count(*) from ledger.log where kind = 1 and seq > " + from.seq + " and seq <= " + watermark);
    long postings = LogAccess.figure(connection, "select coalesce(sum(length(offsets)), 0) / 4 from ledger.posting");
    if (postings != 2 * transfers) {
      violations.add("the posting lists hold " + postings + " postings of " + transfers + " transfers up to entry "
          + watermark);
    }
    return transfers;
  }

  private static List<Money> sums(LawQueries laws, List<String> violations) throws SQLException {
    var sums = new ArrayList<Money>();
    for (LawQueries.Sum sum : laws.sums()) {
      Asset asset = sum.asset();
      if (sum.total().signum() != 0) {
        violations
            .add("the balances of all " + asset + " accounts add up to " + sum.total() + " minor units, not zero");
      }
      sums.add(sum.money());
    }
    return sums;
  }

  private Duration lag(Connection connection, long watermark) throws SQLException {
    try (var statement = connection.prepareStatement("select booked_at from ledger.log where seq = ?")) {
      statement.setLong(1, watermark + 1);
      try (var row = statement.executeQuery()) {
        Instant now = clock.instant();
        Instant oldest = row.next() ? row.getObject(1, OffsetDateTime.class).toInstant() : now;
        return oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
      }
    }
  }
}
