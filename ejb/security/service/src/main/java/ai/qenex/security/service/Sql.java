package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Single statements of the factors and proofs: each is whole by itself, so nothing here needs a transaction. */
final class Sql {

  private final DataSource database;

  /** Reads what is needed of a row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  Sql(DataSource database) {
    this.database = database;
  }

  /** How many rows it touched. */
  int execute(String sql, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The rows of a query, or those that a statement with {@code returning} touched. */
  <T> List<T> query(Reading<T> reading, String sql, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reading.of(rows));
      }
      return read;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> Optional<T> first(Reading<T> reading, String sql, Object... parameters) {
    List<T> read = query(reading, sql, parameters);
    return read.isEmpty() ? Optional.empty() : Optional.ofNullable(read.get(0));
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(i + 1, value instanceof Instant instant ? Timestamp.from(instant) : value);
    }
    return statement;
  }

  private static QenexException failed(SQLException cause) {
    return new QenexException(ErrorCode.STORAGE_FAILED, "Factors and proofs cannot be read or written", cause);
  }
}
