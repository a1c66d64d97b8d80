package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Login;
import ai.qenex.security.identity.Digests;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What is good once: authorization codes, and the ids of assertions. One statement uses each up, on any node. */
final class OnceStore {

  private static final String KEEP = "insert into security.authorization_code (code_hash, client_id, person,"
      + " redirect_uri, code_challenge, nonce, methods, logged_in_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String TAKE = "delete from security.authorization_code where code_hash = ? returning"
      + " client_id, person, redirect_uri, code_challenge, nonce, methods, logged_in_at, expires_at";
  private static final String BURN =
      "insert into security.used_once (id_hash, expires_at) values (?, ?) on conflict do nothing";
  private static final List<String> FORGET =
      List.of("delete from security.authorization_code where expires_at < ?",
          "delete from security.used_once where expires_at < ?");

  private final DataSource database;

  /**
   * @param methods how the person proved himself (RFC 8176)
   */
  record LoggedIn(Login.Question question, String person, List<String> methods, Instant at, Instant expires) {}

  OnceStore(DataSource database) {
    this.database = database;
  }

  void keep(String code, LoggedIn login) {
    try (Connection connection = database.getConnection()) {
      forget(connection, login.at());
      try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
        insert.setBytes(1, Digests.sha256("qenex code", code));
        insert.setString(2, login.question().clientId());
        insert.setString(3, login.person());
        insert.setString(4, login.question().redirectUri());
        insert.setString(5, login.question().codeChallenge());
        insert.setString(6, login.question().nonce());
        insert.setArray(7, connection.createArrayOf("text", login.methods().toArray()));
        insert.setTimestamp(8, Timestamp.from(login.at()));
        insert.setTimestamp(9, Timestamp.from(login.expires()));
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Uses the code up, whatever becomes of it then. */
  Optional<LoggedIn> take(String code) {
    try (Connection connection = database.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setBytes(1, Digests.sha256("qenex code", code));
      try (ResultSet rows = take.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var question = new Login.Question(rows.getString(1), rows.getString(3), rows.getString(4), "",
            rows.getString(5));
        return Optional.of(new LoggedIn(question, rows.getString(2), List.of((String[]) rows.getArray(6).getArray()),
            rows.getTimestamp(7).toInstant(), rows.getTimestamp(8).toInstant()));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** True the first time only. */
  boolean burn(String id, Instant expires, Instant now) {
    try (Connection connection = database.getConnection()) {
      forget(connection, now);
      try (PreparedStatement burn = connection.prepareStatement(BURN)) {
        burn.setBytes(1, Digests.sha256("qenex once", id));
        burn.setTimestamp(2, Timestamp.from(expires));
        return burn.executeUpdate() == 1;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void forget(Connection connection, Instant now) throws SQLException {
    for (String sql : FORGET) {
      try (PreparedStatement forget = connection.prepareStatement(sql)) {
        forget.setTimestamp(1, Timestamp.from(now));
        forget.executeUpdate();
      }
    }
  }

  private static QenexException failed(SQLException cause) {
    return new QenexException(ErrorCode.STORAGE_FAILED, "What is good once cannot be used up", cause);
  }
}
