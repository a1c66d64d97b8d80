package ai.qenex.ledger.service;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which log entries moved an account, from {@code ledger.posting}. A list holds the account's entries of one projection
 * as offsets to the projection's first entry, so lists do not overlap, and all entries of one are older than those of
 * the next.
 *
 * <p>
 * Everything up to the watermark is here; what is behind it is found in the log itself.
 */
final class PostingLists {

  private static final String NEWEST_FIRST =
      "select seq, offsets from ledger.posting where account = ? and seq <= ? order by seq desc limit ?";
  private static final String OLDEST_FIRST =
      "select seq, offsets from ledger.posting where account = ? and seq > ? and seq <= ? order by seq limit ?";
  private static final String NEXT =
      "select seq, offsets from ledger.posting where account = ? and seq > ? order by seq limit 1";
  /** So many lists at once: those of a quiet account are short, those of a busy one hold up to a million entries. */
  private static final int LISTS = 16;

  private final Connection connection;
  private final long account;

  PostingLists(Connection connection, long account) {
    this.connection = connection;
    this.account = account;
  }

  /**
   * An account's entries of one projection, rising.
   *
   * @param first the projection's first entry
   */
  record PostingList(long first, ByteBuffer offsets) {

    int size() {
      return offsets.capacity() / Integer.BYTES;
    }

    long entry(int index) {
      return first + offsets.getInt(index * Integer.BYTES);
    }

    LongStream entries() {
      return IntStream.range(0, size()).mapToLong(this::entry);
    }

    private static PostingList of(ResultSet row) throws SQLException {
      return new PostingList(row.getLong(1), ByteBuffer.wrap(row.getBytes(2)));
    }
  }

  /** The newest entries up to and including {@code upTo}, newest first, at most {@code limit}. */
  long[] newest(long upTo, int limit) throws SQLException {
    var found = new long[limit];
    int count = 0;
    long below = upTo;
    int lists = LISTS;
    while (count < limit && lists == LISTS) {
      lists = 0;
      try (var statement = connection.prepareStatement(NEWEST_FIRST)) {
        statement.setLong(1, account);
        statement.setLong(2, below);
        statement.setInt(3, LISTS);
        try (var rows = statement.executeQuery()) {
          while (count < limit && rows.next()) {
            PostingList list = PostingList.of(rows);
            count = take(list, upTo, found, count);
            below = list.first - 1;
            lists++;
          }
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int take(PostingList list, long upTo, long[] found, int before) {
    int count = before;
    for (int i = list.size() - 1; i >= 0 && count < found.length; i--) {
      if (list.entry(i) <= upTo) {
        found[count++] = list.entry(i);
      }
    }
    return count;
  }

  /** The newest entry up to and including {@code upTo}; empty if none. */
  OptionalLong last(long upTo) throws SQLException {
    long[] newest = newest(upTo, 1);
    return newest.length == 0 ? OptionalLong.empty() : OptionalLong.of(newest[0]);
  }

  /** The oldest entries behind {@code after} up to and including {@code upTo}, oldest first, at most {@code limit}. */
  long[] oldest(long after, long upTo, int limit) throws SQLException {
    var found = new long[limit];
    int count = 0;
    long behind = listOf(after) - 1;
    int lists = LISTS;
    while (count < limit && lists == LISTS) {
      lists = 0;
      try (var statement = connection.prepareStatement(OLDEST_FIRST)) {
        statement.setLong(1, account);
        statement.setLong(2, behind);
        statement.setLong(3, upTo);
        statement.setInt(4, LISTS);
        try (var rows = statement.executeQuery()) {
          while (count < limit && rows.next()) {
            PostingList list = PostingList.of(rows);
            count = takeBetween(list, new Bounds(after, upTo), found, count);
            behind = list.first;
            lists++;
          }
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private record Bounds(long after, long upTo) {}

  private static int takeBetween(PostingList list, Bounds bounds, long[] found, int before) {
    int count = before;
    for (int i = 0; i < list.size() && count < found.length; i++) {
      if (list.entry(i) > bounds.after && list.entry(i) <= bounds.upTo) {
        found[count++] = list.entry(i);
      }
    }
    return count;
  }

  /** First entry of the list that an entry belongs to, zero if there is no such list. */
  private long listOf(long seq) throws SQLException {
    try (var statement = connection.prepareStatement(
        "select coalesce(max(seq), 0) from ledger.posting where account = ? and seq <= ?")) {
      statement.setLong(1, account);
      statement.setLong(2, seq);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The list that starts behind {@code first}, empty if there is none. */
  Optional<PostingList> after(long first) throws SQLException {
    try (var statement = connection.prepareStatement(NEXT)) {
      statement.setLong(1, account);
      statement.setLong(2, first);
      try (var row = statement.executeQuery()) {
        return row.next() ? Optional.of(PostingList.of(row)) : Optional.empty();
      }
    }
  }
}
