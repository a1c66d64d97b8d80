package ai.qenex.ledger.service;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.seal.EntryForm;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.ledger.seal.RangeHead;
import ai.qenex.ledger.seal.RangeTree;
import ai.qenex.security.SignatureSuites;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Reads what {@link ArchiveWriter} wrote, a few pieces per question. What is no such file is an {@link IOException}.
 * For one thread.
 */
final class ArchiveFile implements AutoCloseable {

  private static final int PARTS = 9;
  private static final int MAGIC_BYTES = 16;
  private static final int LARGEST_PIECE = 1 << 26;
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final long[] parts = new long[PARTS];
  private long first;
  private long last;

  private ArchiveFile(FileChannel channel) {
    this.channel = channel;
  }

  /** An entry as the file has it. */
  record Archived(LedgerEntry entry, byte[] form, long fingerprint) {}

  static ArchiveFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    var archive = new ArchiveFile(channel);
    try {
      archive.readFrame();
      return archive;
    } catch (IOException | IllegalArgumentException e) {
      channel.close();
      throw new IOException(file + " is no archive: " + e.getMessage(), e);
    }
  }

  private void readFrame() throws IOException {
    ByteBuffer head = read(0, MAGIC_BYTES + 2 * Long.BYTES);
    byte[] magic = new byte[MAGIC_BYTES];
    head.get(magic);
    if (!new String(magic, StandardCharsets.US_ASCII).equals(ArchiveWriter.MAGIC)) {
      throw new IOException("it does not begin as one");
    }
    first = head.getLong();
    last = head.getLong();
    read(footer(), PARTS * Long.BYTES).asLongBuffer().get(parts);
  }

  private long footer() throws IOException {
    return channel.size() - Hash.BYTES - (long) PARTS * Long.BYTES;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** The SHA-256 that the file states. */
  byte[] stated() throws IOException {
    return read(channel.size() - Hash.BYTES, Hash.BYTES).array();
  }

  Optional<Archived> bySeq(long seq) throws IOException {
    if (seq < first || seq > last) {
      return Optional.empty();
    }
    long index = (seq - first) / ArchiveWriter.SPARSE;
    var position = new long[] {read(parts[0] + index * Long.BYTES, Long.BYTES).getLong()};
    Archived entry = next(position);
    while (entry.entry().seq() < seq) {
      entry = next(position);
    }
    return Optional.of(entry);
  }

  /** Hands over the entries {@code from} to {@code to}, which are in the file. */
  void forEach(long from, long to, Consumer<Archived> receiver) throws IOException {
    long index = (from - first) / ArchiveWriter.SPARSE;
    var position = new long[] {read(parts[0] + index * Long.BYTES, Long.BYTES).getLong()};
    for (long seq = first + index * ArchiveWriter.SPARSE; seq <= to; seq++) {
      Archived entry = next(position);
      if (entry.entry().seq() != seq) {
        throw new IOException("entry " + entry.entry().seq() + " stands where " + seq + " belongs");
      }
      if (seq >= from) {
        receiver.accept(entry);
      }
    }
  }

  Optional<Archived> byId(UUID id) throws IOException {
    long low = 0;
    for (long high = parts[5]; low < high;) {
      long middle = (low + high) >>> 1;
      ByteBuffer pair = read(parts[1] + middle * 24, 24);
      long most = pair.getLong();
      int order = Long.compareUnsigned(most, id.getMostSignificantBits());
      order = order == 0 ? Long.compareUnsigned(pair.getLong(), id.getLeastSignificantBits()) : order;
      if (order == 0) {
        return bySeq(pair.getLong());
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle;
    }
    return Optional.empty();
  }

  /** Numbers of an account's transfers up to {@code upTo}, newest first. */
  List<Long> ofAccount(AccountNumber account, long upTo, int limit) throws IOException {
    long low = 0;
    for (long high = parts[6]; low < high;) {
      long middle = (low + high) >>> 1;
      ByteBuffer pair = read(parts[2] + middle * 16, 16);
      int order = Long.compare(pair.getLong(), account.value());
      boolean before = order < 0 || order == 0 && pair.getLong() <= upTo;
      low = before ? middle + 1 : low;
      high = before ? high : middle;
    }
    var seqs = new ArrayList<Long>();
    for (long at = low - 1; at >= 0 && seqs.size() < limit; at--) {
      ByteBuffer pair = read(parts[2] + at * 16, 16);
      if (pair.getLong() != account.value()) {
        break;
      }
      seqs.add(pair.getLong());
    }
    return seqs;
  }

  List<SignedHead> heads() throws IOException {
    var heads = new ArrayList<SignedHead>();
    var position = new long[] {parts[3]};
    for (long i = 0; i < parts[7]; i++) {
      long number = int8(position);
      long from = int8(position);
      long to = int8(position);
      byte[] signature = bytes(position);
      var head = new RangeHead(number, from, to, Hash.ofHex(text(position)), Hash.ofHex(text(position)),
          Hash.ofHex(text(position)), Instant.parse(text(position)), text(position), text(position));
      int chunks = int4(position);
      var roots = new ArrayList<Hash>();
      for (int chunk = 0; chunk < chunks; chunk++) {
        roots.add(new Hash(piece(position, Hash.BYTES)));
      }
      heads.add(new SignedHead(head, signature, roots));
    }
    return heads;
  }

  List<SealStore.PublicKey> keys() throws IOException {
    var keys = new ArrayList<SealStore.PublicKey>();
    var position = new long[] {parts[4]};
    for (long i = 0; i < parts[8]; i++) {
      keys.add(new SealStore.PublicKey(text(position), text(position), HexFormat.of().parseHex(text(position))));
    }
    return keys;
  }

  /** One sentence if the file is not what was written, or its entries are not what its heads seal. */
  Optional<String> whyNotProven() throws IOException {
    try {
      if (!Arrays.equals(stated(), checksum())) {
        return Optional.of("its checksum is wrong");
      }
      return whyNotSealed();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.of("it is broken: " + e.getMessage());
    }
  }

  /** The SHA-256 that the file has. */
  byte[] checksum() throws IOException {
    MessageDigest sha256 = ArchiveWriter.sha256();
    long end = channel.size() - Hash.BYTES;
    for (long at = 0; at < end; at += BUFFER) {
      sha256.update(read(at, (int) Math.min(BUFFER, end - at)));
    }
    return sha256.digest();
  }

  private Optional<String> whyNotSealed() throws IOException {
    var hash = new TreeHash();
    var range = new RangeTree(hash);
    long next = first;
    Optional<RangeHead> before = Optional.empty();
    var position = new long[] {(long) MAGIC_BYTES + 2 * Long.BYTES};
    List<SealStore.PublicKey> keys = keys();
    for (SignedHead sealed : heads()) {
      RangeHead head = sealed.head();
      if (head.first() != next || before.isPresent() && head.whyNotAfter(before).isPresent()) {
        return Optional.of("head " + head.number() + " does not follow");
      }
      for (; next <= head.last(); next++) {
        Archived entry = next(position);
        if (entry.entry().seq() != next) {
          return Optional.of("entry " + entry.entry().seq() + " stands where " + next + " belongs");
        }
        range.add(hash.leaf(entry.form()));
      }
      if (!range.root().equals(head.rangeRoot()) || !range.chunks().equals(sealed.chunks())
          || !isSigned(sealed, keys)) {
        return Optional.of("entries " + head.first() + " to " + head.last() + " are not what head " + head.number()
            + " seals");
      }
      range.clear();
      before = Optional.of(head);
    }
    return next == last + 1 ? Optional.empty() : Optional.of("no head seals entry " + next);
  }

  private static boolean isSigned(SignedHead sealed, List<SealStore.PublicKey> keys) {
    return keys.stream().filter(key -> key.keyId().equals(sealed.head().keyId())
        && SignatureSuites.keyId(key.suite(), key.bytes()).equals(key.keyId()))
        .anyMatch(key -> SignatureSuites.verify(sealed.head().suite(), key.bytes(), sealed.head().form(),
            sealed.signature()));
  }

  private Archived next(long[] position) throws IOException {
    byte[] form = bytes(position);
    return new Archived(EntryForm.read(form), form, int8(position));
  }

  private String text(long[] position) throws IOException {
    return new String(bytes(position), StandardCharsets.UTF_8);
  }

  private byte[] bytes(long[] position) throws IOException {
    return piece(position, int4(position));
  }

  private byte[] piece(long[] position, int length) throws IOException {
    byte[] bytes = read(position[0], length).array();
    position[0] += length;
    return bytes;
  }

  private int int4(long[] position) throws IOException {
    return ByteBuffer.wrap(piece(position, Integer.BYTES)).getInt();
  }

  private long int8(long[] position) throws IOException {
    return ByteBuffer.wrap(piece(position, Long.BYTES)).getLong();
  }

  private ByteBuffer read(long position, int length) throws IOException {
    if (position < 0 || length < 0 || length > LARGEST_PIECE || position + length > channel.size()) {
      throw new IOException("the file ends before byte " + (position + length));
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
