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
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Proves the ledger's laws on one snapshot of the database, while posting goes on.
 *
 * <p>
 * A small log is proven from its first entry each time it is asked for. In a large one the entries of which every law
 * was seen to hold are not read again at once: a check costs by what was written since the last one, and by one slice
 * of the older entries. Slice by slice each check comes to all of them, oldest first, and then begins anew, so that
 * what somebody damages later is found too. If it finds something, all is proven anew from the first entry, so that
 * what is reported is never a trick of the stretch that was looked at.
 *
 * <p>
 * The first check of a process begins at the watermark of a huge log, and leaves the rest to the slices; until they
 * came to it, the report tells how much is unproven.
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
  /** A check that nobody asked for takes less at once. */
  private static final long QUIET_SLICE = 200_000;
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
   * @param slice so many older ones are proven each time
   */
  record Sizes(long smallLog, long firstStretch, long slice) {}

  /**
   * What need not be read at once.
   *
   * @param seq all laws hold up to this entry, which was a watermark, but for the older entries
   * @param transfers so many entries up to there are transfers
   * @param unproven the entries which no check looked at yet
   * @param next up to here the slices came in their present round
   * @param kept how far the rounds over what is kept beside the log are
   */
  record Proven(long seq, long transfers, Older unproven, long next, Kept kept) {

    /** Without what left the database since. */
    Proven behind(long archived) {
      return next >= archived
          ? this
          : new Proven(seq, transfers, new Older(Math.max(unproven.from, archived), Math.max(unproven.to, archived)),
              archived, kept);
    }
  }

  /**
   * @param account up to this account number the account rows were compared
   * @param day up to this day its sums under other dates were
   */
  record Kept(long account, Optional<LocalDate> day) {
    static final Kept NOTHING = new Kept(0, Optional.empty());
  }

  /** The entries behind {@code from} up to and including {@code to}. */
  record Older(long from, long to) {
    long entries() {
      return Math.max(0, to - from);
    }
  }

  @Override
  public Report check() {
    return check(sizes);
  }

  /** The report with the archives that cannot be read, which are no breach of the ledger's laws but of its memory. */
  Report withArchives(Report report) {
    var violations = new ArrayList<>(report.violations());
    violations.addAll(access.answer(connection -> new ArchivedLog(connection).unreadable()));
    return new Report(report.sums(), report.lastSeq(), report.entries(), report.watermark(), report.provenTo(),
        report.unproven(), report.lag(), violations, report.seal());
  }

  /** A check with bounded work, whatever the log's length. */
  Report checkQuietly() {
    return check(new Sizes(0, QUIET_SLICE, Math.min(sizes.slice, QUIET_SLICE)));
  }

  private synchronized Report check(Sizes bounds) {
    Report report = access.answerFromSnapshot(connection -> prove(connection, start(connection, bounds), bounds.slice));
    if (report.status() == Status.BROKEN) {
      // once more from the first entry: what is reported must not come from where the look began
      report = access.answerFromSnapshot(connection -> {
        Proven first = archived(connection);
        proven = Optional.of(first);
        return prove(connection, first, bounds.slice);
      });
    }
    if (report.status() == Status.BROKEN) {
      LOG.log(Level.ERROR, "The ledger check found broken laws: {0}", report.violations());
    } else if (report.unproven() > 0) {
      LOG.log(Level.INFO, "The ledger check has {0} older entries still to prove", report.unproven());
    }
    return report;
  }

  private Proven start(Connection connection, Sizes bounds) throws SQLException {
    long last = LogAccess.figure(connection, "select coalesce(max(seq), 0) from ledger.log");
    long watermark = LogAccess.watermark(connection);
    Proven archived = archived(connection);
    if (last - archived.seq <= bounds.smallLog || proven.isEmpty() && last - archived.seq <= bounds.firstStretch
        || proven.isPresent() && (watermark < proven.get().seq || proven.get().seq < archived.seq)) {
      return archived;
    }
    return proven.isPresent() ? proven.get().behind(archived.seq) : startBeforeAll(connection, archived, watermark);
  }

  /** Where every proof begins: what left the database is proven by its archives, and was before it left. */
  private static Proven archived(Connection connection) throws SQLException {
    var archived = new ArchivedLog(connection);
    long end = archived.end();
    return new Proven(end, archived.transfers(), new Older(end, end), end, Kept.NOTHING);
  }

  /** Counts what lies before the watermark, and leaves the rest of the proof to the slices. */
  private static Proven startBeforeAll(Connection connection, Proven archived, long watermark) throws SQLException {
    String upTo = "select count(*) from ledger.log where seq > " + archived.seq + " and seq <= " + watermark;
    return LogAccess.figure(connection, upTo) == watermark - archived.seq
        ? new Proven(watermark, archived.transfers + LogAccess.figure(connection, upTo + " and kind = 1"),
            new Older(archived.seq, watermark), archived.seq, Kept.NOTHING)
        : archived;
  }

  private Report prove(Connection connection, Proven from, long slice) throws SQLException {
    var violations = new ArrayList<String>();
    long last = LogAccess.figure(connection, "select coalesce(max(seq), 0) from ledger.log");
    long watermark = LogAccess.watermark(connection);
    long entries = proveNumbers(connection, from, last, violations);
    long transfers = provePostings(connection, from, watermark, violations);
    var laws = new LawQueries(connection, watermark);
    violations.addAll(laws.violations());
    violations.addAll(laws.violations(from.seq, Long.MAX_VALUE));
    violations.addAll(new PostingProof(connection).violations(from.seq, watermark));
    long next = proveSlice(connection, from, slice, violations);
    Kept kept = proveKept(laws, from, new ArchivedLog(connection).end(), violations);
    List<Money> sums = sums(laws, violations);
    // the slices of the first round are what was not looked at before; later rounds only look again
    Older unproven = from.unproven.entries() > 0 ? new Older(next, from.unproven.to) : from.unproven;
    if (violations.isEmpty()) {
      proven = Optional.of(new Proven(watermark, transfers, unproven,
          next >= from.seq ? new ArchivedLog(connection).end() : next, kept));
    }
    long provenTo = !violations.isEmpty() ? 0 : unproven.entries() > 0 ? unproven.from : last;
    return new Report(sums, last, entries, watermark, provenTo, unproven.entries(), lag(connection, watermark),
        violations);
  }

  /** Looks at the next of the entries that an earlier check left out. @return up to where */
  private static long proveSlice(Connection connection, Proven from, long slice, List<String> violations)
      throws SQLException {
    long end = Math.min(from.next + slice, from.seq);
    if (end > from.next) {
      var laws = new LawQueries(connection, LogAccess.watermark(connection));
      long entries = LogAccess.figure(connection,
          "select count(*) from ledger.log where seq > " + from.next + " and seq <= " + end);
      if (entries != end - from.next) {
        violations.add("the log has " + entries + " entries behind entry " + from.next + " up to " + end);
      }
      violations.addAll(laws.violations(from.next, end));
      violations.addAll(new PostingProof(connection).violations(from.next, end));
    }
    return end;
  }

  /** All that is kept if the proof begins at the first entry, else some more of it. */
  private static Kept proveKept(LawQueries laws, Proven from, long archived, List<String> violations)
      throws SQLException {
    boolean all = from.seq == archived;
    LawQueries.Accounts accounts = laws.accountsBehind(from.kept.account, all);
    violations.addAll(accounts.violations());
    LawQueries.Days days = laws.daysBehind(from.kept.day, all ? Integer.MAX_VALUE : 1);
    violations.addAll(days.violations());
    return new Kept(accounts.last(), days.last());
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
