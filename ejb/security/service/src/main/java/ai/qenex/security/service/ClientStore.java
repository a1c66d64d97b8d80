package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Identities;
import ai.qenex.security.Roles;
import ai.qenex.security.SecretHash;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The clients of the embedded issuer, table {@code security.client}. */
final class ClientStore {

  /** A client and what it proves itself with, if it does. @param jwk a public key */
  record Known(Identities.Client client, Optional<SecretHash> secret, Optional<String> jwk) {

    /** A client that anybody can be: PKCE protects the people it logs in. */
    boolean isPublic() {
      return secret.isEmpty() && jwk.isEmpty();
    }
  }

  private static final String DEMO_SECRET = "demo";
  private static final Map<String, String> DEMO_CLIENTS =
      Map.of("demo-teller", Roles.TELLER, "demo-operator", Roles.OPERATOR,
          "demo-approver", Roles.APPROVER, "demo-auditor", Roles.AUDITOR,
          "demo-administrator", Roles.ADMINISTRATOR);
  /** Logs people in; comes back to a program on the same machine (RFC 8252 section 7.3). */
  private static final Identities.Client DEMO_LOGIN =
      new Identities.Client("demo-login", List.of(), List.of("http://127.0.0.1/callback"), Map.of(), true);

  private static final String COLUMNS =
      "id, secret_salt, iterations, secret_hash, roles, jwk, redirect_uris, attributes, enabled";
  private static final String INSERT = "insert into security.client"
      + " (id, secret_salt, iterations, secret_hash, roles, jwk, redirect_uris, attributes, enabled)"
      + " values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing";
  private static final String CHANGE =
      "update security.client set roles = ?, redirect_uris = ?, attributes = ?::jsonb, enabled = ? where id = ?";
  private static final String RENEW =
      "update security.client set secret_salt = ?, iterations = ?, secret_hash = ?, jwk = ? where id = ?";

  private final DataSource database;
  private final SecureRandom random = new SecureRandom();

  ClientStore(DataSource database) {
    this.database = database;
  }

  /** Makes the demo clients that are missing; a secret that somebody changed stays changed. */
  void seedDemoClients() {
    DEMO_CLIENTS.forEach((id, role) -> {
      if (find(id).isEmpty()) {
        var client = new Identities.Client(id, List.of(role), List.of(), Map.of(), true);
        add(new Known(client, Optional.of(hash(DEMO_SECRET, SecretHash.ITERATIONS)), Optional.empty()));
      }
    });
    if (find(DEMO_LOGIN.id()).isEmpty()) {
      add(new Known(DEMO_LOGIN, Optional.empty(), Optional.empty()));
    }
  }

  SecretHash hash(String secret, int iterations) {
    var salt = new byte[SecretHash.SALT_BYTES];
    random.nextBytes(salt);
    return SecretHash.of(secret, salt, iterations);
  }

  Optional<Known> find(String id) {
    List<Known> found = query("where id = ?", id);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  List<Identities.Client> all() {
    return query("where id > ? order by id limit " + Identities.MAX_LISTED, "").stream().map(Known::client).toList();
  }

  private List<Known> query(String where, String parameter) {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select " + COLUMNS + " from security.client " + where)) {
      query.setString(1, parameter);
      List<Known> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(known(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Known known(ResultSet row) throws SQLException {
    byte[] salt = row.getBytes(2);
    Optional<SecretHash> secret = salt == null ? Optional.empty()
        : Optional.of(new SecretHash(salt, row.getInt(3), row.getBytes(4)));
    var client = new Identities.Client(row.getString(1), List.of((String[]) row.getArray(5).getArray()),
        List.of((String[]) row.getArray(7).getArray()), Attributes.read(row.getString(8)), row.getBoolean(9));
    return new Known(client, secret, Optional.ofNullable(row.getString(6)));
  }

  /** False: the id is taken. */
  boolean add(Known known) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Identities.Client client = known.client();
      insert.setString(1, client.id());
      insert.setBytes(2, known.secret().map(SecretHash::salt).orElse(null));
      insert.setObject(3, known.secret().map(SecretHash::iterations).orElse(null));
      insert.setBytes(4, known.secret().map(SecretHash::hash).orElse(null));
      insert.setArray(5, connection.createArrayOf("text", client.roles().toArray()));
      insert.setString(6, known.jwk().orElse(null));
      insert.setArray(7, connection.createArrayOf("text", client.redirectUris().toArray()));
      insert.setString(8, Attributes.write(client.attributes()));
      insert.setBoolean(9, client.enabled());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      if (PersonStore.isNameTaken(e)) {
        return false;
      }
      throw failed(e);
    }
  }

  /** False: there is none of that id. */
  boolean change(Identities.Client client) {
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(CHANGE)) {
      change.setArray(1, connection.createArrayOf("text", client.roles().toArray()));
      change.setArray(2, connection.createArrayOf("text", client.redirectUris().toArray()));
      change.setString(3, Attributes.write(client.attributes()));
      change.setBoolean(4, client.enabled());
      change.setString(5, client.id());
      return change.executeUpdate() == 1;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** False: there is none of that id. */
  boolean renew(String id, Optional<SecretHash> secret, Optional<String> jwk) {
    try (Connection connection = database.getConnection();
        PreparedStatement renew = connection.prepareStatement(RENEW)) {
      renew.setBytes(1, secret.map(SecretHash::salt).orElse(null));
      renew.setObject(2, secret.map(SecretHash::iterations).orElse(null));
      renew.setBytes(3, secret.map(SecretHash::hash).orElse(null));
      renew.setString(4, jwk.orElse(null));
      renew.setString(5, id);
      return renew.executeUpdate() == 1;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static QenexException failed(SQLException cause) {
    return new QenexException(ErrorCode.STORAGE_FAILED, "Clients cannot be read or written", cause);
  }
}
