package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerAnchors;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.security.MessageSigner;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Anchors in table {@code ledger.seal_anchor}. */
final class SealAnchors implements LedgerAnchors {

  private static final String COLUMNS =
      "number, tree_root, head_hash, made_at, suite, key_id, epoch, public_key, signature";

  private final DataSource database;
  private final Supplier<MessageSigner> signers;
  private final InstantSource clock;

  SealAnchors(DataSource database, Supplier<MessageSigner> signers, InstantSource clock) {
    this.database = database;
    this.signers = signers;
    this.clock = clock;
  }

  @Override
  public List<Anchor> anchors() {
    try (Connection connection = database.getConnection()) {
      return read(connection);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "The anchors cannot be read", e);
    }
  }

  @Override
  public Optional<Anchor> anchor() {
    try (Connection connection = database.getConnection()) {
      Optional<SignedHead> last = new SealStore(connection).last();
      if (last.isEmpty()) {
        return Optional.empty();
      }
      long number = last.get().head().number();
      if (read(connection).stream().noneMatch(anchor -> anchor.number() == number)) {
        add(connection, signed(last.get()));
      }
      return read(connection).stream().filter(anchor -> anchor.number() == number).findFirst();
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "The last head cannot be anchored", e);
    }
  }

  private Anchor signed(SignedHead sealed) {
    MessageSigner signer = signers.get();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var unsigned = new Anchor(sealed.head().number(), sealed.head().treeRoot().toString(),
        sealed.head().hash().toString(), now, signer.suite(), signer.keyId(), signer.epoch(), signer.publicKey(),
        new byte[0]);
    byte[] signature = signer.sign(unsigned.text().getBytes(StandardCharsets.US_ASCII));
    return new Anchor(unsigned.number(), unsigned.treeRoot(), unsigned.headHash(), now, unsigned.suite(),
        unsigned.keyId(), unsigned.epoch(), unsigned.publicKey(), signature);
  }

  private static void add(Connection connection, Anchor anchor) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("insert into ledger.seal_anchor (" + COLUMNS
        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
      insert.setLong(1, anchor.number());
      insert.setBytes(2, Hash.ofHex(anchor.treeRoot()).bytes());
      insert.setBytes(3, Hash.ofHex(anchor.headHash()).bytes());
      insert.setObject(4, anchor.madeAt().atOffset(ZoneOffset.UTC));
      insert.setString(5, anchor.suite());
      insert.setString(6, anchor.keyId());
      insert.setInt(7, anchor.epoch());
      insert.setBytes(8, anchor.publicKey());
      insert.setBytes(9, anchor.signature());
      insert.executeUpdate();
    }
  }

  private static List<Anchor> read(Connection connection) throws SQLException {
    var anchors = new ArrayList<Anchor>();
    try (PreparedStatement query = connection.prepareStatement(
        "select " + COLUMNS + " from ledger.seal_anchor order by number desc limit " + MOST);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        anchors.add(new Anchor(row.getLong(1), new Hash(row.getBytes(2)).toString(),
            new Hash(row.getBytes(3)).toString(), row.getObject(4, OffsetDateTime.class).toInstant(), row.getString(5),
            row.getString(6), row.getInt(7), row.getBytes(8), row.getBytes(9)));
      }
    }
    return anchors;
  }
}
