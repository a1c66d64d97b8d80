package ai.qenex.security.service.edge;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.RequestSignatures.Key;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Keys that requests are signed with, table {@code security.request_key}. */
final class RequestKeyStore {

  private static final String COLUMNS = "key_id, client, suite, public_key, registered_at, revoked_at";
  private static final int MOST = 1_000;

  private final DataSource database;

  RequestKeyStore(DataSource database) {
    this.database = database;
  }

  Optional<Key> find(String keyId) {
    List<Key> keys = query("select " + COLUMNS + " from security.request_key where key_id = ?", keyId);
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(0));
  }

  List<Key> ofClient(String client) {
    return query("select " + COLUMNS + " from security.request_key where client = ? order by registered_at desc limit "
        + MOST, client);
  }

  /** Nothing happens to one that is there. */
  void add(Key key) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement("insert into security.request_key"
            + " (key_id, client, suite, public_key, registered_at) values (?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, key.keyId());
      insert.setString(2, key.client());
      insert.setString(3, key.suite());
      insert.setBytes(4, key.publicKey());
      insert.setTimestamp(5, Timestamp.from(key.registeredAt()));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The first revocation counts. */
  void revoke(String keyId) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(
            "update security.request_key set revoked_at = greatest(now(), registered_at)"
                + " where key_id = ? and revoked_at is null")) {
      update.setString(1, keyId);
      update.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private List<Key> query(String sql, String argument) {
    try (Connection connection = database.getConnection(); PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, argument);
      List<Key> keys = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          keys.add(new Key(rows.getString(1), rows.getString(2), rows.getString(3), rows.getBytes(4),
              rows.getTimestamp(5).toInstant(), Optional.ofNullable(rows.getTimestamp(6)).map(Timestamp::toInstant)));
        }
      }
      return keys;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static QenexException failed(SQLException e) {
    return new QenexException(ErrorCode.STORAGE_FAILED, "Keys of requests cannot be read or written", e);
  }
}
