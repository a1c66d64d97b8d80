package ai.qenex.security.service.audit;

import ai.qenex.kernel.Hash;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditLog.Key;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.MessageSigner;
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

/** The tables {@code security.audit_*}, over one connection. */
final class AuditStore {

  private static final String SELECT_HEAD =
      "select number, size, root, at, previous, suite, key_id, epoch, signature from security.audit_head ";
  private static final int FETCH_ROWS = 5_000;

  private final Connection connection;

  AuditStore(Connection connection) {
    this.connection = connection;
  }

  /** A complete subtree of the tree over the records. */
  record Node(int level, long index, Hash root) {}

  /** Hears of records in order. */
  @FunctionalInterface
  interface Receiver {
    void record(AuditRecord record);
  }

  /** Hears of the hashes of records in order. */
  @FunctionalInterface
  interface Hashes {
    void hash(long seq, Hash hash);
  }

  /** Records from {@code first} to {@code last} in order. */
  void scan(long first, long last, Receiver receiver) throws SQLException {
    // each record names the hash of the one before it, which stands only there
    String sql = "select " + CopyRows.COLUMNS + " from security.audit_record where seq between ? and ? order by seq";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, first - 1);
      statement.setLong(2, last);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        Hash previous = Hash.NOTHING;
        while (row.next()) {
          AuditRecord record = record(row, previous);
          previous = record.hash();
          if (record.seq() >= first) {
            receiver.record(record);
          }
        }
      }
    }
  }

  /** Newest first, of numbers in the query's stretch. */
  List<AuditRecord> find(AuditQuery query, int limit) throws SQLException {
    String sql = "select " + CopyRows.COLUMNS + ", (select b.hash from security.audit_record b where b.seq = r.seq - 1)"
        + " from security.audit_record r where " + query.condition() + " order by seq desc limit ?";
    var found = new ArrayList<AuditRecord>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(query.bind(statement), limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          byte[] previous = row.getBytes(18);
          found.add(record(row, previous == null ? Hash.NOTHING : new Hash(previous)));
        }
      }
    }
    return found;
  }

  /** Number of the first record that is not older; one above {@code newest} if all are. */
  long firstNotBefore(Instant at, long newest) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select at >= ? from security.audit_record where seq = ?")) {
      statement.setObject(1, at.atOffset(ZoneOffset.UTC));
      long low = 1;
      long high = newest + 1;
      while (low < high) {
        long middle = low + (high - low) / 2;
        statement.setLong(2, middle);
        try (ResultSet row = statement.executeQuery()) {
          boolean notOlder = row.next() && row.getBoolean(1);
          high = notOlder ? middle : high;
          low = notOlder ? low : middle + 1;
        }
      }
      return low;
    }
  }

  /** Intents of a node that no record ends, oldest first. */
  List<AuditRecord> open(String node, int limit) throws SQLException {
    String sql = "select " + CopyRows.COLUMNS + " from security.audit_record r where r.node = ? and r.outcome = ?"
        + " and r.seq >= coalesce((select seq from security.audit_open o where o.node = r.node), 1)"
        + " and not exists (select 1 from security.audit_record e where e.intent = r.seq and e.seq > r.seq"
        + " and e.seq >= coalesce((select seq from security.audit_open o where o.node = r.node), 1))"
        + " order by r.seq limit ?";
    var found = new ArrayList<AuditRecord>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, node);
      statement.setString(2, AuditOutcome.INTENDED.code());
      statement.setInt(3, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(record(row, Hash.NOTHING)); // what was before it does not matter here
        }
      }
    }
    return found;
  }

  /** The properties that a node started with the last time. */
  Optional<AuditRecord> lastConfiguration(String node) throws SQLException {
    // by its actor, because that has an index
    String sql = "select " + CopyRows.COLUMNS + " from security.audit_record"
        + " where actor = 'service:node' and node = ? and kind = 'configuration' order by seq desc limit 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, node);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(record(row, Hash.NOTHING)) : Optional.empty();
      }
    }
  }

  private static AuditRecord record(ResultSet row, Hash previous) throws SQLException {
    var origin = new AuditOrigin(row.getString(6), row.getString(7), row.getString(8), row.getString(9));
    var event = new AuditEvent(AuditKind.ofCode(row.getString(4)).orElseThrow(() -> unknown("kind")), row.getString(5),
        origin,
        new AuditSubject(row.getString(10), row.getString(11)),
        AuditOutcome.ofCode(row.getString(12)).orElseThrow(() -> unknown("outcome")), row.getLong(13),
        row.getString(14), row.getString(15), row.getString(16));
    return new AuditRecord(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant(), previous,
        row.getString(3), event, new Hash(row.getBytes(17)));
  }

  private static SQLException unknown(String what) {
    return new SQLException("a stored audit record has a " + what + " that nobody wrote: it was altered");
  }

  void hashes(long first, long last, Hashes receiver) throws SQLException {
    try (PreparedStatement statement = connection
        .prepareStatement("select seq, hash from security.audit_record where seq between ? and ? order by seq")) {
      statement.setLong(1, first);
      statement.setLong(2, last);
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          receiver.hash(row.getLong(1), new Hash(row.getBytes(2)));
        }
      }
    }
  }

  /** The newest number and the time that stands beside it; number 0 of an empty log. */
  record Newest(long seq, Instant at) {}

  Newest newest() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select seq, at from security.audit_record order by seq desc limit 1");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? new Newest(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant())
          : new Newest(0, Instant.EPOCH);
    }
  }

  Optional<AuditHead> latestHead() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT_HEAD + "order by number desc limit 1")) {
      return heads(statement).stream().findFirst();
    }
  }

  Optional<AuditHead> head(long number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT_HEAD + "where number = ?")) {
      statement.setLong(1, number);
      return heads(statement).stream().findFirst();
    }
  }

  /** The first head that covers the record. */
  Optional<AuditHead> headOver(long seq) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SELECT_HEAD + "where size >= ? order by size limit 1")) {
      statement.setLong(1, seq);
      return heads(statement).stream().findFirst();
    }
  }

  List<AuditHead> headsAfter(long number, int limit) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SELECT_HEAD + "where number > ? order by number limit ?")) {
      statement.setLong(1, number);
      statement.setInt(2, limit);
      return heads(statement);
    }
  }

  private static List<AuditHead> heads(PreparedStatement statement) throws SQLException {
    var heads = new ArrayList<AuditHead>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        heads.add(new AuditHead(row.getLong(1), row.getLong(2), new Hash(row.getBytes(3)),
            row.getObject(4, OffsetDateTime.class).toInstant(), new Hash(row.getBytes(5)), row.getString(6),
            row.getString(7), row.getInt(8), row.getBytes(9)));
      }
    }
    return heads;
  }

  /** The unique keys of the tables see to it that no two nodes add the same head. */
  void add(AuditHead head, List<Node> nodes) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("insert into security.audit_head "
        + "(number, size, root, at, previous, suite, key_id, epoch, signature) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, head.number());
      insert.setLong(2, head.size());
      insert.setBytes(3, head.root().bytes());
      insert.setObject(4, head.at().atOffset(ZoneOffset.UTC));
      insert.setBytes(5, head.previous().bytes());
      insert.setString(6, head.suite());
      insert.setString(7, head.keyId());
      insert.setInt(8, head.epoch());
      insert.setBytes(9, head.signature());
      insert.executeUpdate();
    }
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into security.audit_tree (level, index, root) values (?, ?, ?) on conflict do nothing")) {
      for (Node node : nodes) {
        insert.setInt(1, node.level());
        insert.setLong(2, node.index());
        insert.setBytes(3, node.root().bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  Optional<Hash> node(int level, long index) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select root from security.audit_tree where level = ? and index = ?")) {
      statement.setInt(1, level);
      statement.setLong(2, index);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(new Hash(row.getBytes(1))) : Optional.empty();
      }
    }
  }

  void register(MessageSigner signer, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("insert into security.audit_key "
        + "(key_id, suite, public_key, registered_at) values (?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, signer.keyId());
      insert.setString(2, signer.suite());
      insert.setBytes(3, signer.publicKey());
      insert.setObject(4, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  List<Key> keys() throws SQLException {
    var keys = new ArrayList<Key>();
    try (PreparedStatement statement = connection.prepareStatement(
        "select key_id, suite, public_key from security.audit_key order by registered_at, key_id");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(new Key(rows.getString(1), rows.getString(2), rows.getBytes(3)));
      }
    }
    return keys;
  }
}
