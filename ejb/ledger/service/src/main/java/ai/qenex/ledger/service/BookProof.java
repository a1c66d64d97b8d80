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
 * For many threads, which take turns.
 */
public final class BookProof implements LedgerCheck {

  /** Up to so many entries are proven each time: about two seconds' work. */
  private static final long SMALL_LOG = 300_000;
  /** The first check of this process goes back so far at most; recovery compared the running balances before. */
  private static final long FIRST_STRETCH = 5_000_000;
  private static final System.Logger LOG = System.getLogger(BookProof.class.getName());

  private final LogAccess access;
  private final InstantSource clock;
  private final long smallLog;
  private Proven proven = Proven.NOTHING;

  public BookProof(DataSource database, InstantSource clock) {
    this(database, clock, SMALL_LOG);
  }

  /** @param smallLog up to so many entries are proven each time */
  BookProof(DataSource database, InstantSource clock, long smallLog) {
    this.access = new LogAccess(database);
    this.clock = clock;
    this.smallLog = smallLog;
  }

  /**
   * What need not be read again.
   *
   * @param seq all laws hold up to this entry, which was a watermark
   * @param transfers so many entries up to there are transfers
   */
  record Proven(long seq, long transfers) {
    static final Proven NOTHING = new Proven(0, 0);
  }

  @Override
  public synchronized Report check() {
    Report report = access.answerFromSnapshot(connection -> prove(connection, start(connection)));
    if (!report.passed()) {
      // once more from the first entry: what is reported must not come from where the look began
      proven = Proven.NOTHING;
      report = access.answerFromSnapshot(connection -> prove(connection, Proven.NOTHING));
    }
    if (!report.passed()) {
      LOG.log(Level.ERROR, "The ledger check found broken laws: {0}", report.violations());
    }
    return report;
  }

  private Proven start(Connection connection) throws SQLException {
    long last = LogAccess.figure(connection, "select coalesce(max(seq), 0) from ledger.log");
    long watermark = LogAccess.watermark(connection);
    if (last <= smallLog || watermark < proven.seq) {
      return Proven.NOTHING;
    }
    return proven.seq == 0 && last > FIRST_STRETCH ? startBeforeAll(connection, watermark) : proven;
  }

  /** Counts what lies before the watermark, but leaves it at that. */
  private static Proven startBeforeAll(Connection connection, long watermark) throws SQLException {
    String upTo = "select count(*) from ledger.log where seq <= " + watermark;
    return LogAccess.figure(connection, upTo) == watermark
        ? new Proven(watermark, LogAccess.figure(connection, upTo + " and kind = 1"))
        : Proven.NOTHING;
  }

  private Report prove(Connection connection, Proven from) throws SQLException {
    var violations = new ArrayList<String>();
    long last = LogAccess.figure(connection, "select coalesce(max(seq), 0) from ledger.log");
    long watermark = LogAccess.watermark(connection);
    long entries = proveNumbers(connection, from, last, violations);
    long transfers = provePostings(connection, from, watermark, violations);
    var laws = new LawQueries(connection, from.seq, watermark);
    violations.addAll(laws.violations());
    List<Money> sums = sums(laws, violations);
    if (violations.isEmpty()) {
      proven = new Proven(watermark, transfers);
    }
    return new Report(sums, last, entries, watermark, lag(connection, watermark), violations);
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
