package ai.qenex.payments.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.FieldCipher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Documents stored as gzip, cut in parts, so that neither side ever holds one as a whole. */
final class DocumentParts {

  private static final int PART_BYTES = 1 << 20;

  private final String table;
  private final List<String> keys;

  private DocumentParts(String table, List<String> keys) {
    this.table = table;
    this.keys = keys;
  }

  static DocumentParts ofFiles() {
    return new DocumentParts("payments.payment_file_part", List.of("file"));
  }

  static DocumentParts ofStatements() {
    return new DocumentParts("payments.statement_part", List.of("account", "business_date"));
  }

  /** Stores a file that is gzip already. */
  void store(Connection connection, FieldCipher cipher, Path gzip, Object... key) throws SQLException {
    String columns = String.join(", ", keys);
    try (InputStream in = Files.newInputStream(gzip);
        PreparedStatement insert = connection.prepareStatement("insert into " + table + " (" + columns
            + ", no, bytes, protected) values (" + "?, ".repeat(keys.size()) + "?, ?, true)")) {
      int no = 0;
      for (byte[] part = in.readNBytes(PART_BYTES); part.length > 0; part = in.readNBytes(PART_BYTES)) {
        bind(insert, key);
        insert.setInt(keys.size() + 1, no);
        insert.setBytes(keys.size() + 2, cipher.protect(place(no++, key), part));
        insert.executeUpdate();
      }
    } catch (IOException e) {
      throw new SQLException("the document cannot be read back from " + gzip, e);
    }
  }

  /** The gzip bytes, fetched part by part in a transaction each. */
  InputStream open(Transactions transactions, Object... key) {
    return new PartStream(no -> transactions.run(connection -> part(connection, transactions.personal(), no, key)));
  }

  private byte[] part(Connection connection, FieldCipher cipher, int no, Object... key) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select bytes, protected from " + table + " where "
        + String.join(" = ? and ", keys) + " = ? and no = ?")) {
      bind(query, key);
      query.setInt(keys.size() + 1, no);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return new byte[0];
        }
        return rows.getBoolean(2) ? revealed(cipher, place(no, key), rows.getBytes(1)) : rows.getBytes(1);
      }
    }
  }

  private static byte[] revealed(FieldCipher cipher, String place, byte[] sealed) {
    return cipher.reveal(place, sealed).orElseThrow(() -> new QenexException(ErrorCode.CONFLICTING_STATE,
        "the document cannot be read any more: its data key was shredded"));
  }

  private String place(int no, Object... key) {
    return table + "/bytes/" + List.of(key) + "/" + no;
  }

  private static void bind(PreparedStatement statement, Object... key) throws SQLException {
    for (int i = 0; i < key.length; i++) {
      statement.setObject(i + 1, key[i]);
    }
  }

  @FunctionalInterface
  private interface Parts {

    /** Empty behind the last one. */
    byte[] part(int no);
  }

  private static final class PartStream extends InputStream {

    private final Parts parts;
    private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);
    private int next;

    PartStream(Parts parts) {
      this.parts = parts;
    }

    @Override
    public int read() {
      return advance() ? current.read() : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return advance() ? current.read(target, offset, length) : -1;
    }

    @Override
    public int available() {
      return advance() ? current.available() : 0;
    }

    private boolean advance() {
      if (current.available() == 0 && next >= 0) {
        byte[] part = parts.part(next);
        next = part.length == 0 ? -1 : next + 1;
        current = new ByteArrayInputStream(part);
      }
      return current.available() > 0;
    }
  }
}
