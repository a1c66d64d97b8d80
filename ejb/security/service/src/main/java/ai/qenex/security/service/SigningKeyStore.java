package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Keeps the signing key in table {@code security.signing_key}. */
final class SigningKeyStore {

  private static final String READ = "select kid, private_key, public_key from security.signing_key where signs";
  private static final String CREATE = "insert into security.signing_key (kid, private_key, public_key, signs)"
      + " values (?, ?, ?, true) on conflict do nothing";

  private final DataSource database;

  SigningKeyStore(DataSource database) {
    this.database = database;
  }

  /** The key that signs. Of several nodes that start at once on an empty bank one makes it and all read that one. */
  SigningKey loadOrCreate() {
    try (Connection connection = database.getConnection()) {
      SigningKey key = read(connection);
      if (key != null) {
        return key;
      }
      create(connection, SigningKey.generate(UUID.randomUUID().toString()));
      return read(connection);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "The signing key cannot be read or made", e);
    }
  }

  private static SigningKey read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(READ); ResultSet rows = query.executeQuery()) {
      return rows.next() ? SigningKey.decode(rows.getString(1), rows.getBytes(2), rows.getBytes(3)) : null;
    }
  }

  private static void create(Connection connection, SigningKey key) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(CREATE)) {
      insert.setString(1, key.kid());
      insert.setBytes(2, key.privateKey().getEncoded());
      insert.setBytes(3, key.publicKey().getEncoded());
      insert.executeUpdate();
    }
  }
}
