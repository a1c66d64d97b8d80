package ai.qenex.security.service.keys;

import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code security.key}, over one connection. */
final class KeptKeyStore {

  private static final String COLUMNS = "id, purpose, epoch, suite, state, guard, public_key, sealed_key, kek_id,"
      + " token_label, not_before, not_after";

  private final Connection connection;

  KeptKeyStore(Connection connection) {
    this.connection = connection;
  }

  /** All keys by purpose, the newest first. Keys of purposes that we do not know are left alone. */
  List<KeptKey> all() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select " + COLUMNS + " from security.key order by purpose, epoch desc");
        ResultSet rows = query.executeQuery()) {
      var keys = new ArrayList<KeptKey>();
      while (rows.next()) {
        Optional<KeyPurpose> purpose = KeyPurpose.of(rows.getString(2));
        if (purpose.isPresent()) {
          keys.add(key(purpose.get(), rows));
        }
      }
      return keys;
    }
  }

  /** Whether it was the first of its purpose and epoch, and no other key is active. */
  boolean add(KeptKey key) throws SQLException {
    KeyRecord known = key.known();
    try (PreparedStatement insert = connection.prepareStatement("insert into security.key (" + COLUMNS
        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, known.id());
      insert.setString(2, known.purpose().text());
      insert.setInt(3, known.epoch());
      insert.setString(4, known.suite());
      insert.setString(5, known.state().text());
      insert.setString(6, known.guard());
      insert.setBytes(7, known.publicKey().orElse(null));
      insert.setBytes(8, key.sealed());
      insert.setString(9, key.kekId());
      insert.setString(10, key.label());
      insert.setObject(11, at(known.notBefore()));
      insert.setObject(12, known.notAfter().map(KeptKeyStore::at).orElse(null));
      return insert.executeUpdate() == 1;
    }
  }

  /** Whether the key was still in that state. */
  boolean change(KeptKey key, KeyState from) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("update security.key set state = ?, not_after = ?,"
        + " sealed_key = ?, kek_id = ?, token_label = ?, guard = ? where id = ? and state = ?")) {
      update.setString(1, key.known().state().text());
      update.setObject(2, key.known().notAfter().map(KeptKeyStore::at).orElse(null));
      update.setBytes(3, key.sealed());
      update.setString(4, key.kekId());
      update.setString(5, key.label());
      update.setString(6, key.known().guard());
      update.setString(7, key.known().id());
      update.setString(8, from.text());
      return update.executeUpdate() == 1;
    }
  }

  private static KeptKey key(KeyPurpose purpose, ResultSet row) throws SQLException {
    KeyState state = KeyState.of(row.getString(5)).orElseThrow();
    Optional<Instant> notAfter =
        Optional.ofNullable(row.getObject(12, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    var known = new KeyRecord(row.getString(1), purpose, row.getInt(3), row.getString(4), state, row.getString(6),
        Optional.ofNullable(row.getBytes(7)), row.getObject(11, OffsetDateTime.class).toInstant(), notAfter);
    return new KeptKey(known, row.getBytes(8), row.getString(9), row.getString(10));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
