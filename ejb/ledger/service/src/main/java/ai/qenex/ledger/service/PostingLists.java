package ai.qenex.ledger.service;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Which log entries moved an account, from {@code ledger.posting}. A list holds the account's entries of one
 * projection, or a piece of them, as offsets to an entry that is not behind its first one; so lists do not overlap, and
 * all entries of one are older than those of the next.
 *
 * <p>
 * Everything up to the watermark is here; what is behind it is found in the log itself.
 *
 * <p>
 * Where lists begin may differ from one statement to the next: a rebuild cuts them anew. So each statement finds its
 * place by the last entry that was read, never by a list.
 */
final class PostingLists {

  private static final String NEWEST_FIRST =
      "select seq, offsets from ledger.posting where account = ? and seq <= ? order by seq desc limit ?";
  /** From the list on that an entry belongs to. */
  private static final String OLDEST_FIRST =
      "select seq, offsets from ledger.posting where account = ? and seq <= ? and seq >= "
          + "(select coalesce(max(seq), 0) from ledger.posting where account = ? and seq <= ?) order by seq limit ?";
  /** A list of so many fits into its row: nothing has to be fetched from elsewhere for it. */
  static final int MAX_ENTRIES = 480;
  /** So many lists are read at first: those of a busy account are long. Then ever more: a quiet one's are short. */
  private static final int FIRST_LISTS = 4;
  private static final int MOST_LISTS = 256;

  private final Connection connection;
  private final long account;

  PostingLists(Connection connection, long account) {
    this.connection = connection;
    this.account = account;
  }

  /**
   * An account's entries of one projection, rising.
   *
   * @param first where the offsets count from
   */
  record PostingList(long first, ByteBuffer offsets) {

    int size() {
      return offsets.capacity() / Integer.BYTES;
    }

    long entry(int index) {
      return first + offsets.getInt(index * Integer.BYTES);
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
    boolean more = true;
    for (int asked = FIRST_LISTS; count < limit && more; asked = Math.min(4 * asked, MOST_LISTS)) {
      int lists = 0;
      try (var statement = connection.prepareStatement(NEWEST_FIRST)) {
        statement.setLong(1, account);
        statement.setLong(2, below);
        statement.setInt(3, asked);
        try (var rows = statement.executeQuery()) {
          while (count < limit && rows.next()) {
            PostingList list = PostingList.of(rows);
            count = take(list, below, found, count);
            below = list.first - 1;
            lists++;
          }
          more = lists == asked;
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

  /** The oldest entries behind {@code after} up to and including {@code upTo}, oldest first, at most {@code limit}. */
  long[] oldest(long after, long upTo, int limit) throws SQLException {
    var found = new long[limit];
    int count = 0;
    long behind = after;
    boolean more = true;
    for (int asked = FIRST_LISTS; count < limit && more; asked = Math.min(4 * asked, MOST_LISTS)) {
      int lists = 0;
      try (var statement = connection.prepareStatement(OLDEST_FIRST)) {
        statement.setLong(1, account);
        statement.setLong(2, upTo);
        statement.setLong(3, account);
        statement.setLong(4, behind);
        statement.setInt(5, asked);
        try (var rows = statement.executeQuery()) {
          while (count < limit && rows.next()) {
            PostingList list = PostingList.of(rows);
            count = takeBetween(list, new Bounds(behind, upTo), found, count);
            behind = Math.max(behind, list.entry(list.size() - 1));
            lists++;
          }
          more = lists == asked;
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
}
