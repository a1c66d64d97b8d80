package ai.qenex.ledger.service;

import ai.qenex.kernel.Hash;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.ledger.seal.RangeHead;
import ai.qenex.security.MessageSigner;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables {@code ledger.seal_*}, over one connection. */
final class SealStore {

  private static final String SELECT =
      "select number, first_seq, last_seq, range_root, tree_root, previous, sealed_at, "
          + "suite, key_id, signature, chunks from ledger.seal_head ";
  private static final String LAST = SELECT + "order by number desc limit 1";
  private static final String BY_NUMBER = SELECT + "where number = ?";
  private static final String COVERING = SELECT + "where last_seq >= ? order by last_seq limit 1";
  private static final String BEHIND = SELECT + "where number > ? order by number limit ?";

  private final Connection connection;

  SealStore(Connection connection) {
    this.connection = connection;
  }

  /** A complete subtree of the tree of ranges. */
  record Node(int level, long index, Hash root) {}

  /** A public key. */
  record PublicKey(String keyId, String suite, byte[] bytes) {}

  Optional<SignedHead> last() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LAST)) {
      return heads(statement).stream().findFirst();
    }
  }

  Optional<SignedHead> byNumber(long number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_NUMBER)) {
      statement.setLong(1, number);
      return heads(statement).stream().findFirst();
    }
  }

  /** The head whose range has the entry. */
  Optional<SignedHead> covering(long seq) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COVERING)) {
      statement.setLong(1, seq);
      return heads(statement).stream().filter(head -> head.head().first() <= seq).findFirst();
    }
  }

  List<SignedHead> behind(long number, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEHIND)) {
      statement.setLong(1, number);
      statement.setInt(2, limit);
      return heads(statement);
    }
  }

  /** The unique keys of the tables see to it that no two nodes add the same head. */
  void add(SignedHead sealed, List<Node> nodes) throws SQLException {
    String sql =
        "insert into ledger.seal_head (number, first_seq, last_seq, range_root, tree_root, previous, sealed_at, "
            + "suite, key_id, signature, chunks) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    RangeHead head = sealed.head();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, head.number());
      insert.setLong(2, head.first());
      insert.setLong(3, head.last());
      insert.setBytes(4, head.rangeRoot().bytes());
      insert.setBytes(5, head.treeRoot().bytes());
      insert.setBytes(6, head.previous().bytes());
      insert.setObject(7, head.sealedAt().atOffset(ZoneOffset.UTC));
      insert.setString(8, head.suite());
      insert.setString(9, head.keyId());
      insert.setBytes(10, sealed.signature());
      insert.setBytes(11, joined(sealed.chunks()));
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into ledger.seal_node (level, index, root) values (?, ?, ?)")) {
      for (Node node : nodes) {
        insert.setInt(1, node.level());
        insert.setLong(2, node.index());
        insert.setBytes(3, node.root().bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** @throws IllegalStateException if the tree has no such subtree */
  Hash node(int level, long index) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select root from ledger.seal_node where level = ? and index = ?")) {
      statement.setInt(1, level);
      statement.setLong(2, index);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("the seal has no node " + level + "/" + index);
        }
        return new Hash(row.getBytes(1));
      }
    }
  }

  void register(MessageSigner signer, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into ledger.seal_key (key_id, suite, public_key, "
            + "registered_at) values (?, ?, ?, ?) on conflict do nothing")) {
      insert.setString(1, signer.keyId());
      insert.setString(2, signer.suite());
      insert.setBytes(3, signer.publicKey());
      insert.setObject(4, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  List<PublicKey> keys() throws SQLException {
    var keys = new ArrayList<PublicKey>();
    try (PreparedStatement statement = connection.prepareStatement(
        "select key_id, suite, public_key from ledger.seal_key order by registered_at, key_id");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(new PublicKey(rows.getString(1), rows.getString(2), rows.getBytes(3)));
      }
    }
    return keys;
  }

  private static List<SignedHead> heads(PreparedStatement statement) throws SQLException {
    var heads = new ArrayList<SignedHead>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        var head = new RangeHead(row.getLong(1), row.getLong(2), row.getLong(3), new Hash(row.getBytes(4)),
            new Hash(row.getBytes(5)), new Hash(row.getBytes(6)), row.getObject(7, OffsetDateTime.class).toInstant(),
            row.getString(8), row.getString(9));
        heads.add(new SignedHead(head, row.getBytes(10), split(row.getBytes(11))));
      }
    }
    return heads;
  }

  private static byte[] joined(List<Hash> hashes) {
    var bytes = new ByteArrayOutputStream(hashes.size() * Hash.BYTES);
    hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
    return bytes.toByteArray();
  }

  private static List<Hash> split(byte[] bytes) {
    var hashes = new ArrayList<Hash>(bytes.length / Hash.BYTES);
    for (int from = 0; from < bytes.length; from += Hash.BYTES) {
      hashes.add(new Hash(Arrays.copyOfRange(bytes, from, from + Hash.BYTES)));
    }
    return hashes;
  }
}
