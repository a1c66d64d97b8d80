package ai.qenex.ledger.service;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Rows of {@code ledger.outbox}. Whoever adds one holds a lock until his transaction ends, so messages become visible
 * in the order of their numbers and the relay never passes one over.
 */
final class OutboxStore {

  /** Names of PostgreSQL advisory locks, whose space the whole database shares. */
  private static final long ADDING = 0x71656e65_786f7501L;
  private static final long SENDING = 0x71656e65_786f7502L;

  private final Connection connection;

  OutboxStore(Connection connection) {
    this.connection = connection;
  }

  /** @param number rises from message to message, with gaps */
  record Unsent(long number, OutboxMessage message) {}

  /** Adds a message within the caller's transaction. */
  void add(OutboxMessage message) throws SQLException {
    try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, ADDING);
      lock.execute();
    }
    String sql =
        "insert into ledger.outbox (event_id, destination, correlation_id, occurred_at, body) values (?, ?, ?, ?, ?)";
    try (var insert = connection.prepareStatement(sql)) {
      insert.setObject(1, message.eventId());
      insert.setString(2, message.destination());
      insert.setString(3, message.correlationId());
      insert.setObject(4, message.occurredAt().atOffset(ZoneOffset.UTC));
      insert.setBytes(5, message.body());
      insert.executeUpdate();
    }
  }

  /** Whether the caller may send until his transaction ends; false while somebody else does. */
  boolean mayISend() throws SQLException {
    try (var lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      lock.setLong(1, SENDING);
      try (var row = lock.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** The oldest that are not sent, in order. @param except destinations to leave out */
  List<Unsent> unsent(int limit, Collection<String> except) throws SQLException {
    String sql = "select number, event_id, destination, correlation_id, occurred_at, body from ledger.outbox "
        + "where sent_at is null and destination <> all(?) order by number limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", except.toArray()));
      statement.setInt(2, limit);
      try (var rows = statement.executeQuery()) {
        var unsent = new ArrayList<Unsent>();
        while (rows.next()) {
          unsent.add(new Unsent(rows.getLong(1), message(rows)));
        }
        return unsent;
      }
    }
  }

  private static OutboxMessage message(ResultSet row) throws SQLException {
    return new OutboxMessage(row.getObject(2, UUID.class), row.getString(3), row.getString(4),
        row.getObject(5, OffsetDateTime.class).toInstant(), row.getBytes(6));
  }

  void markSent(List<Long> numbers, Instant at) throws SQLException {
    try (var update = connection.prepareStatement("update ledger.outbox set sent_at = ? where number = any(?)")) {
      update.setObject(1, at.atOffset(ZoneOffset.UTC));
      update.setArray(2, connection.createArrayOf("int8", numbers.toArray()));
      update.executeUpdate();
    }
  }
}
