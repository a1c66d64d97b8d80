package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Identities;
import ai.qenex.security.SecretHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The people that the embedded issuer knows, table {@code security.person}. */
final class PersonStore {

  /** @param mustChange the password was set by somebody else */
  record Known(Identities.Person person, SecretHash password, boolean mustChange) {}

  private static final String COLUMNS =
      "name, password_salt, iterations, password_hash, must_change, roles, attributes, enabled";
  private static final String INSERT = "insert into security.person (name, password_salt, iterations, password_hash,"
      + " must_change, roles, attributes, enabled) values (?, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing";
  private static final String CHANGE = "update security.person set roles = ?, attributes = ?::jsonb, enabled = ?,"
      + " changed_at = now() where name = ?";
  private static final String PASSWORD = "update security.person set password_salt = ?, iterations = ?,"
      + " password_hash = ?, must_change = ?, changed_at = now() where name = ?";
  /** Foreign key: the name belongs to the other kind. */
  private static final String FOREIGN_KEY_VIOLATED = "23503";

  private final DataSource database;

  PersonStore(DataSource database) {
    this.database = database;
  }

  static boolean isNameTaken(SQLException fault) {
    return FOREIGN_KEY_VIOLATED.equals(fault.getSQLState());
  }

  Optional<Known> find(String name) {
    List<Known> found = query("where name = ?", name);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  List<Identities.Person> all() {
    return query("where name > ? order by name limit " + Identities.MAX_LISTED, "").stream().map(Known::person)
        .toList();
  }

  private List<Known> query(String where, String parameter) {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select " + COLUMNS + " from security.person " + where)) {
      query.setString(1, parameter);
      List<Known> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          var person = new Identities.Person(rows.getString(1), List.of((String[]) rows.getArray(6).getArray()),
              Attributes.read(rows.getString(7)), rows.getBoolean(8));
          found.add(new Known(person, new SecretHash(rows.getBytes(2), rows.getInt(3), rows.getBytes(4)),
              rows.getBoolean(5)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** False: the name is taken. */
  boolean add(Known known) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, known.person().name());
      insert.setBytes(2, known.password().salt());
      insert.setInt(3, known.password().iterations());
      insert.setBytes(4, known.password().hash());
      insert.setBoolean(5, known.mustChange());
      insert.setArray(6, connection.createArrayOf("text", known.person().roles().toArray()));
      insert.setString(7, Attributes.write(known.person().attributes()));
      insert.setBoolean(8, known.person().enabled());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      if (isNameTaken(e)) {
        return false;
      }
      throw failed(e);
    }
  }

  /** False: there is nobody of that name. */
  boolean change(Identities.Person person) {
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(CHANGE)) {
      change.setArray(1, connection.createArrayOf("text", person.roles().toArray()));
      change.setString(2, Attributes.write(person.attributes()));
      change.setBoolean(3, person.enabled());
      change.setString(4, person.name());
      return change.executeUpdate() == 1;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** False: there is nobody of that name. */
  boolean setPassword(String name, SecretHash password, boolean mustChange) {
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(PASSWORD)) {
      change.setBytes(1, password.salt());
      change.setInt(2, password.iterations());
      change.setBytes(3, password.hash());
      change.setBoolean(4, mustChange);
      change.setString(5, name);
      return change.executeUpdate() == 1;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static QenexException failed(SQLException cause) {
    return new QenexException(ErrorCode.STORAGE_FAILED, "People cannot be read or written", cause);
  }
}
