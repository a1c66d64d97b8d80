package ai.qenex.ledger.service;

import ai.qenex.ledger.service.RecentTransfers.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Which log entries moved an account: up to the watermark from its posting lists, behind it from what the writer
 * remembers of its latest commits, and what is neither projected nor remembered from the log itself.
 *
 * <p>
 * The watermark is read first. Whatever is projected or written later cannot disturb: lists that start behind the
 * watermark are not looked at, and the log only grows.
 */
final class AccountEntries {

  private static final String IN_LOG =
      "select seq from ledger.log where seq > ? and seq <= ? and kind = 1 and (debit = ? or credit = ?) order by seq ";

  private final Connection connection;
  private final RecentTransfers recent;
  private final long account;
  private final long watermark;
  private final PostingLists lists;

  AccountEntries(Connection connection, RecentTransfers recent, long account) throws SQLException {
    this(connection, recent, account, LogAccess.watermark(connection));
  }

  AccountEntries(Connection connection, RecentTransfers recent, long account, long watermark) {
    this.connection = connection;
    this.recent = recent;
    this.account = account;
    this.watermark = watermark;
    this.lists = new PostingLists(connection, account);
  }

  /** The newest entries up to and including {@code upTo}, newest first, at most {@code limit}. */
  long[] newest(long upTo, int limit) throws SQLException {
    long[] found = {};
    if (upTo > watermark) {
      Span known = remembered(upTo);
      found = inLog(new Span(known.to() + 1, upTo), limit, true);
      if (found.length < limit) {
        found = join(found, remembered(known, limit - found.length, true));
      }
      if (found.length < limit) {
        found = join(found, inLog(new Span(watermark + 1, known.from() - 1), limit - found.length, true));
      }
    }
    return found.length == limit
        ? found
        : join(found, lists.newest(Math.min(upTo, watermark), limit - found.length));
  }

  /** The oldest entries behind {@code after} up to and including {@code upTo}, oldest first, at most {@code limit}. */
  long[] oldest(long after, long upTo, int limit) throws SQLException {
    long[] found = after >= watermark ? new long[0] : lists.oldest(after, Math.min(upTo, watermark), limit);
    if (found.length < limit && upTo > watermark) {
      Span known = remembered(upTo);
      long from = Math.max(after, watermark) + 1;
      found = join(found, inLog(new Span(from, Math.min(upTo, known.from() - 1)), limit - found.length, false));
      if (found.length < limit) {
        found = join(found,
            remembered(new Span(Math.max(from, known.from()), known.to()), limit - found.length, false));
      }
      if (found.length < limit) {
        found = join(found, inLog(new Span(Math.max(from, known.to() + 1), upTo), limit - found.length, false));
      }
    }
    return found;
  }

  /** The part of the tail up to {@code upTo} that is remembered; an empty one ends at the watermark. */
  private Span remembered(long upTo) {
    Span span = recent.span();
    var known = new Span(Math.max(span.from(), watermark + 1), Math.min(span.to(), upTo));
    return known.from() <= known.to() ? known : new Span(watermark + 1, watermark);
  }

  private long[] remembered(Span stretch, int limit, boolean newestFirst) throws SQLException {
    if (stretch.to() < stretch.from()) {
      return new long[0];
    }
    Optional<long[]> found =
        newestFirst ? recent.newest(account, stretch, limit) : recent.oldest(account, stretch, limit);
    return found.isPresent() ? found.get() : inLog(stretch, limit, newestFirst);
  }

  private long[] inLog(Span stretch, int limit, boolean newestFirst) throws SQLException {
    if (stretch.to() < stretch.from()) {
      return new long[0];
    }
    try (var statement = connection.prepareStatement(IN_LOG + (newestFirst ? "desc " : "") + "limit " + limit)) {
      statement.setLong(1, stretch.from() - 1);
      statement.setLong(2, stretch.to());
      statement.setLong(3, account);
      statement.setLong(4, account);
      try (var rows = statement.executeQuery()) {
        var found = LongStream.builder();
        while (rows.next()) {
          found.add(rows.getLong(1));
        }
        return found.build().toArray();
      }
    }
  }

  private static long[] join(long[] first, long[] second) {
    if (first.length == 0) {
      return second;
    }
    long[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
