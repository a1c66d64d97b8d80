package ai.qenex.ledger.service;

import ai.qenex.kernel.Hash;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.seal.EntryForm;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Writes one range of the log into one file, in bounded memory. Integers are big-endian.
 *
 * <ol>
 * <li>the text {@value #MAGIC} (16 bytes), first and last seq (8 each)
 * <li>each entry in log order: length of its canonical form (4), the form, the fingerprint of what was asked (8)
 * <li>for every {@value #SPARSE}th entry from the first on: where it begins in the file (8)
 * <li>each id in unsigned order (16) with its seq (8)
 * <li>each account that a transfer moved (8) with its seq (8), by account and seq
 * <li>each head over the range: number (8), length of its signature (4), the signature, and as texts all else
 * <li>each public key: key id, suite, key in hex digits, as texts
 * <li>where parts 3 to 7 begin (8 each) and how many ids, account entries, heads and keys there are (8 each)
 * <li>SHA-256 over everything before (32)
 * </ol>
 *
 * A text is the length of its UTF-8 bytes (4) and then those.
 */
final class ArchiveWriter {

  static final String MAGIC = "QENEX archive  1";
  static final int SPARSE = 64;
  private static final int FETCH_ROWS = 5_000;
  private static final int BUFFER = 1 << 16;

  private final Connection connection;
  private final LogStore log;
  private final long first;
  private final long last;
  private DataOutputStream out;
  private long position;

  /** @param connection in a transaction, so that rows come piece by piece */
  ArchiveWriter(Connection connection, LogStore log, long first, long last) {
    this.connection = connection;
    this.log = log;
    this.first = first;
    this.last = last;
  }

  /** Writes the file anew and forces it to the disk. */
  void write(Path file, List<SignedHead> heads, List<SealStore.PublicKey> keys) throws IOException, SQLException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      MessageDigest sha256 = sha256();
      var hashed = new DigestOutputStream(Channels.newOutputStream(channel), sha256);
      out = new DataOutputStream(new BufferedOutputStream(hashed, BUFFER));
      position = 0;
      bytes(MAGIC.getBytes(StandardCharsets.US_ASCII));
      int8(first);
      int8(last);
      long[] sparse = writeEntries();
      var parts = new long[] {position, 0, 0, 0, 0, 0, 0, heads.size(), keys.size()};
      for (long at : sparse) {
        int8(at);
      }
      parts[1] = position;
      parts[5] = writePairs("select id, seq from ledger.log where seq between ? and ? order by id", true);
      parts[2] = position;
      parts[6] = writePairs("select account, seq from (select debit as account, seq from ledger.log where kind = 1 "
          + "and seq between ? and ? union all select credit, seq from ledger.log where kind = 1 "
          + "and seq between ? and ?) moved order by account, seq", false);
      parts[3] = position;
      for (SignedHead head : heads) {
        write(head);
      }
      parts[4] = position;
      for (SealStore.PublicKey key : keys) {
        texts(List.of(key.keyId(), key.suite(), HexFormat.of().formatHex(key.bytes())));
      }
      for (long part : parts) {
        int8(part);
      }
      out.flush();
      hashed.on(false);
      out.write(sha256.digest());
      out.flush();
      channel.force(true);
    }
  }

  private long[] writeEntries() throws SQLException, IOException {
    var sparse = new long[(int) ((last - first) / SPARSE + 1)];
    var form = new EntryForm();
    var count = new long[1];
    try {
      log.scan(connection, first - 1, last, row -> {
        if (count[0] % SPARSE == 0) {
          sparse[(int) (count[0] / SPARSE)] = position;
        }
        count[0]++;
        write(row, form);
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (count[0] != last - first + 1) {
      throw new IOException("the log has " + count[0] + " entries from " + first + " to " + last);
    }
    return sparse;
  }

  private void write(LogRow row, EntryForm writer) {
    try {
      byte[] form = writer.bytes(row.entry());
      int4(form.length);
      bytes(form);
      int8(row.fingerprint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PostgreSQL sorts, so that nothing is held in memory here. */
  private long writePairs(String sql, boolean ids) throws SQLException, IOException {
    long count = 0;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_ROWS);
      for (int parameter = 1; parameter <= statement.getParameterMetaData().getParameterCount(); parameter += 2) {
        statement.setLong(parameter, first);
        statement.setLong(parameter + 1, last);
      }
      try (var rows = statement.executeQuery()) {
        for (; rows.next(); count++) {
          if (ids) {
            var id = rows.getObject(1, UUID.class);
            int8(id.getMostSignificantBits());
            int8(id.getLeastSignificantBits());
          } else {
            int8(rows.getLong(1));
          }
          int8(rows.getLong(2));
        }
      }
    }
    return count;
  }

  private void write(SignedHead sealed) throws IOException {
    var head = sealed.head();
    int8(head.number());
    int8(head.first());
    int8(head.last());
    int4(sealed.signature().length);
    bytes(sealed.signature());
    texts(List.of(head.rangeRoot().toString(), head.treeRoot().toString(), head.previous().toString(),
        head.sealedAt().toString(), head.suite(), head.keyId()));
    int4(sealed.chunks().size());
    for (Hash chunk : sealed.chunks()) {
      bytes(chunk.bytes());
    }
  }

  private void texts(List<String> texts) throws IOException {
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int4(utf8.length);
      bytes(utf8);
    }
  }

  private void int4(int value) throws IOException {
    out.writeInt(value);
    position += Integer.BYTES;
  }

  private void int8(long value) throws IOException {
    out.writeLong(value);
    position += Long.BYTES;
  }

  private void bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
