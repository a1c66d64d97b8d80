package ai.qenex.security.service.payload;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.PayloadEnvelopes;
import ai.qenex.security.PayloadEnvelopes.ClientKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Table {@code security.payload_key}. */
final class ClientKeyStore {

  private final DataSource database;

  ClientKeyStore(DataSource database) {
    this.database = database;
  }

  List<ClientKey> of(String client) {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement("select id, public_key, registered_at"
            + " from security.payload_key where client = ? order by registered_at desc, id limit "
            + PayloadEnvelopes.MOST_KEYS)) {
      query.setString(1, client);
      var keys = new ArrayList<ClientKey>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          keys.add(new ClientKey(client, row.getString(1), row.getBytes(2),
              row.getObject(3, OffsetDateTime.class).toInstant()));
        }
      }
      return keys;
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "Clients' keys cannot be read", e);
    }
  }

  void add(ClientKey.Owner owner, byte[] publicKey) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(
            "insert into security.payload_key (client, id, public_key) values (?, ?, ?) on conflict do nothing")) {
      insert.setString(1, owner.client());
      insert.setString(2, owner.id());
      insert.setBytes(3, publicKey);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "A client's key cannot be kept", e);
    }
  }
}
