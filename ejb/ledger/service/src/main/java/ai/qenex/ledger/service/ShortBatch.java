package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.LogConnection.Fence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A few rows of the log and the move of the fence as one statement, which is a transaction by itself: one request to
 * the database where COPY, fence and COMMIT take five. From some dozens of rows on COPY costs less.
 */
final class ShortBatch {

  static final int MAX_ROWS = 32;

  /** As {@link LogStore#COLUMNS}; a plain transfer fills the first ones. */
  private static final List<String> TYPES = List.of("int8", "uuid", "timestamptz", "int8", "int2", "int2", "date",
      "int8", "int8", "date", "numeric", "numeric", "numeric", "numeric", "text", "jsonb", "uuid", "uuid", "numeric");
  private static final String FENCE =
      "with fence as (update ledger.writer set seq = ? where k = 1 and epoch = ? and seq = ? returning 1) ";
  private static final int FENCE_PARAMETERS = 3;

  private final Form plain;
  private final Form whole;
  private LogRanges.Range range;

  ShortBatch(AssetTable assets) {
    plain = new Form(assets, LogStore.PLAIN_COLUMNS, LogStore.PLAIN_COUNT);
    whole = new Form(assets, LogStore.COLUMNS, LogStore.COLUMN_COUNT);
  }

  /** Rows with some columns, and the statement that writes them into a range. */
  private static final class Form {

    private final String columns;
    private final FieldArrays arrays;
    private final LogRowWriter writer;
    private final int count;
    private String statement;

    Form(AssetTable assets, String columns, int count) {
      this.columns = columns;
      this.count = count;
      this.arrays = new FieldArrays(count);
      this.writer = new LogRowWriter(assets, arrays);
    }

    void target(LogRanges.Range range) {
      statement = FENCE + "insert into " + range.table() + " (" + columns + ") select * from unnest(?::"
          + String.join("[], ?::", TYPES.subList(0, count)) + "[]) where exists (select from fence)";
    }
  }

  /** Whether the rows can be written so: they are few, and bring no rows elsewhere with them. */
  static boolean takes(List<LogRow> rows) {
    if (rows.size() > MAX_ROWS) {
      return false;
    }
    for (LogRow row : rows) {
      if (row.entry() instanceof AssetRegistered) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes rows into the range that holds them. The connection has no transaction under way.
   *
   * @return whether the fence was where it should be; if not, nothing was written
   * @throws SQLException if nothing was written, for certain
   * @throws CommitUnknownException if that is not certain
   */
  boolean write(Connection connection, LogRanges.Range target, List<LogRow> rows, Fence from)
      throws SQLException, CommitUnknownException {
    if (!target.equals(range)) {
      plain.target(target);
      whole.target(target);
      range = target;
    }
    Form form = rows.stream().allMatch(row -> LogStore.isPlain(row.entry())) ? plain : whole;
    form.arrays.clear();
    for (LogRow row : rows) {
      form.writer.write(row, form == whole);
    }
    int written = execute(connection, form, from, from.seq() + rows.size());
    if (written != 0 && written != rows.size()) {
      throw new IllegalStateException("the database took " + written + " of " + rows.size() + " rows");
    }
    return written > 0;
  }

  private static int execute(Connection connection, Form form, Fence from, long to)
      throws SQLException, CommitUnknownException {
    try (var statement = connection.prepareStatement(form.statement)) {
      statement.setLong(1, to);
      statement.setLong(2, from.epoch());
      statement.setLong(3, from.seq());
      for (int i = 0; i < form.count; i++) {
        statement.setObject(FENCE_PARAMETERS + 1 + i, form.arrays.array(i), Types.OTHER);
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      if (isRefused(e)) {
        throw e;
      }
      throw new CommitUnknownException(e);
    }
  }

  /** The server said no and goes on: what it said no to was undone. A server that ends says FATAL. */
  private static boolean isRefused(SQLException fault) {
    ServerErrorMessage message = fault instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    return message != null && "ERROR".equals(message.getSeverity());
  }
}
