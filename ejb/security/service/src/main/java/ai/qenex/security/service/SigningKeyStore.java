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
import java.util.UUID;
import javax.sql.DataSource;

/** Keeps the signing keys in table {@code security.signing_key}. */
final class SigningKeyStore {

  private static final String READ = "select kid, private_key, public_key, signs_from from security.signing_key"
      + " order by signs_from desc, kid limit " + SigningKeys.MOST;
  private static final String CREATE =
      "insert into security.signing_key (kid, private_key, public_key, signs_from) values (?, ?, ?, ?)";
  private static final String FORGET = "delete from security.signing_key where kid = ?";

  private final DataSource database;

  SigningKeyStore(DataSource database) {
    this.database = database;
  }

  /** The keys there are; one that signs at once if there were none. */
  SigningKeys loadOrCreate(Instant now) {
    try (Connection connection = database.getConnection()) {
      SigningKeys keys = read(connection);
      if (!keys.isEmpty()) {
        return keys;
      }
      create(connection, now);
      return read(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** A new key will sign; those that nobody needs any more go. */
  SigningKeys rotate(Instant now) {
    try (Connection connection = database.getConnection()) {
      for (SigningKeys.Dated gone : read(connection).past(now)) {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
          forget.setString(1, gone.key().kid());
          forget.executeUpdate();
        }
      }
      create(connection, now.plus(SigningKeys.LEAD));
      return read(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static SigningKeys read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(READ); ResultSet rows = query.executeQuery()) {
      List<SigningKeys.Dated> keys = new ArrayList<>();
      while (rows.next()) {
        keys.add(new SigningKeys.Dated(SigningKey.decode(rows.getString(1), rows.getBytes(2), rows.getBytes(3)),
            rows.getTimestamp(4).toInstant()));
      }
      return new SigningKeys(keys);
    }
  }

  private static void create(Connection connection, Instant signsFrom) throws SQLException {
    SigningKey key = SigningKey.generate(UUID.randomUUID().toString());
    try (PreparedStatement insert = connection.prepareStatement(CREATE)) {
      insert.setString(1, key.kid());
      insert.setBytes(2, key.privateKey().getEncoded());
      insert.setBytes(3, key.publicKey().getEncoded());
      insert.setTimestamp(4, Timestamp.from(signsFrom));
      insert.executeUpdate();
    }
  }

  private static QenexException failed(SQLException cause) {
    return new QenexException(ErrorCode.STORAGE_FAILED, "The signing keys cannot be read or made", cause);
  }
}
