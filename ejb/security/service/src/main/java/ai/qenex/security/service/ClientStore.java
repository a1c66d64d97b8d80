package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Roles;
import ai.qenex.security.SecretHash;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The clients of the embedded issuer, table {@code security.client}. */
final class ClientStore {

  /** A client that may ask for tokens. */
  record Client(String id, SecretHash secret, List<String> roles) {}

  private static final String DEMO_SECRET = "demo";
  private static final Map<String, String> DEMO_CLIENTS =
      Map.of("demo-teller", Roles.TELLER, "demo-operator", Roles.OPERATOR,
          "demo-approver", Roles.APPROVER, "demo-auditor", Roles.AUDITOR,
          "demo-administrator", Roles.ADMINISTRATOR);
  private static final int SALT_BYTES = 16;

  private final DataSource database;
  private final SecureRandom random = new SecureRandom();

  ClientStore(DataSource database) {
    this.database = database;
  }

  /** Makes the demo clients that are missing; a secret that somebody changed stays changed. */
  void seedDemoClients() {
    try (Connection connection = database.getConnection()) {
      for (Map.Entry<String, String> demo : DEMO_CLIENTS.entrySet()) {
        if (find(connection, demo.getKey()).isEmpty()) {
          byte[] salt = new byte[SALT_BYTES];
          random.nextBytes(salt);
          SecretHash secret = SecretHash.of(DEMO_SECRET, salt, SecretHash.ITERATIONS);
          insert(connection, new Client(demo.getKey(), secret, List.of(demo.getValue())));
        }
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "The demo clients cannot be made", e);
    }
  }

  Optional<Client> find(String id) {
    try (Connection connection = database.getConnection()) {
      return find(connection, id);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "Clients cannot be read", e);
    }
  }

  private static Optional<Client> find(Connection connection, String id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select secret_salt, iterations, secret_hash, roles from security.client where id = ?")) {
      query.setString(1, id);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        SecretHash secret = new SecretHash(rows.getBytes(1), rows.getInt(2), rows.getBytes(3));
        return Optional.of(new Client(id, secret, List.of((String[]) rows.getArray(4).getArray())));
      }
    }
  }

  private static void insert(Connection connection, Client client) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("insert into security.client"
        + " (id, secret_salt, iterations, secret_hash, roles) values (?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, client.id());
      insert.setBytes(2, client.secret().salt());
      insert.setInt(3, client.secret().iterations());
      insert.setBytes(4, client.secret().hash());
      insert.setArray(5, connection.createArrayOf("text", client.roles().toArray()));
      insert.executeUpdate();
    }
  }
}
