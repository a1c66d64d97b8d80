package ai.qenex.payments.service;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows sent to the database as one array per column: any number of them in one round trip. */
final class BulkRows {

  private final String[] types;
  private final List<Object[]> rows = new ArrayList<>();

  /** @param types of the columns, as PostgreSQL names them */
  BulkRows(String... types) {
    this.types = types;
  }

  BulkRows add(Object... row) {
    if (row.length != types.length) {
      throw new IllegalArgumentException(row.length + " values for " + types.length + " columns");
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The table expression to select from. */
  String unnest() {
    return Stream.of(types).map(type -> "?::" + type + "[]").collect(Collectors.joining(", ", "unnest(", ")"));
  }

  /** Sets the parameters of {@link #unnest}, from the first on. */
  void bind(Connection connection, PreparedStatement statement) throws SQLException {
    for (int column = 0; column < types.length; column++) {
      // the driver takes byte strings in an array of their own type only
      Object[] values = types[column].equals("bytea") ? new byte[rows.size()][] : new Object[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = rows.get(row)[column];
      }
      statement.setArray(column + 1, connection.createArrayOf(types[column], values));
    }
  }
}
