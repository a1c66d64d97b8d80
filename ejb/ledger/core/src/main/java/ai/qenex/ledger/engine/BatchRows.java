package ai.qenex.ledger.engine;

import java.util.Arrays;
import java.util.UUID;

/**
 * The rows of a batch by id: a table with open addressing that keeps half of each id beside the row, since nearly every
 * question is about an id that is not there.
 */
final class BatchRows {

  private static final int FIRST_SLOTS = 1 << 10;

  private LogRow[] rows = new LogRow[FIRST_SLOTS];
  private long[] halves = new long[FIRST_SLOTS];
  private int size;

  /** Null if there is none. */
  LogRow get(UUID id) {
    return rows[find(id)];
  }

  /** False, and nothing is changed, if there is a row with the id. */
  boolean add(LogRow row) {
    UUID id = row.entry().id();
    int at = find(id);
    if (rows[at] != null) {
      return false;
    }
    put(at, id, row);
    if (2 * ++size > rows.length) {
      grow();
    }
    return true;
  }

  void remove(UUID id) {
    int gap = find(id);
    if (rows[gap] == null) {
      return;
    }
    rows[gap] = null;
    size--;
    // whatever stands behind the gap may have been pushed there by what is gone
    for (int at = next(gap); rows[at] != null; at = next(at)) {
      LogRow pushed = rows[at];
      rows[at] = null;
      put(find(pushed.entry().id()), pushed.entry().id(), pushed);
    }
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(rows, null);
      size = 0;
    }
  }

  private void grow() {
    LogRow[] before = rows;
    rows = new LogRow[before.length * 2];
    halves = new long[before.length * 2];
    for (LogRow row : before) {
      if (row != null) {
        put(find(row.entry().id()), row.entry().id(), row);
      }
    }
  }

  private void put(int at, UUID id, LogRow row) {
    rows[at] = row;
    halves[at] = id.getLeastSignificantBits();
  }

  /** Index of the id, or of the empty slot where it belongs. */
  private int find(UUID id) {
    long half = id.getLeastSignificantBits();
    long hash = (id.getMostSignificantBits() ^ half) * 0x9E37_79B9_7F4A_7C15L;
    int at = (int) (hash >>> 32) & (rows.length - 1);
    while (rows[at] != null && (halves[at] != half || !rows[at].entry().id().equals(id))) {
      at = next(at);
    }
    return at;
  }

  private int next(int at) {
    return at + 1 & rows.length - 1;
  }
}
