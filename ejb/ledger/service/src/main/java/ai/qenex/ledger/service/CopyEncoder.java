package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.postgresql.copy.CopyIn;

/**
 * Writes PostgreSQL's binary COPY format (PostgreSQL manual, COPY, "Binary Format") in pieces of 64 KiB.
 *
 * <p>
 * A row is {@link #row(int)} and then as many fields as it says.
 */
final class CopyEncoder implements FieldTarget {

  static final int PIECE_BYTES = 64 * 1024;
  /** Days and seconds from 1970 to 2000, where PostgreSQL counts from. */
  static final int EPOCH_DAYS = 10_957;
  static final long EPOCH_SECONDS = 946_684_800;

  private static final byte[] HEADER =
      {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
  /** The largest field that is written in one go: a numeric of 38 digits. */
  private static final int LARGEST_FIXED = 48;
  private static final int GROUP = 10_000;
  private static final int MAX_GROUPS = 12;
  private static final BigInteger FOUR_GROUPS = BigInteger.valueOf(10_000_000_000_000_000L);

  private final byte[] piece = new byte[PIECE_BYTES];
  private final int[] groups = new int[MAX_GROUPS];
  private CopyIn copy;
  private int size;

  void begin(CopyIn target) {
    copy = target;
    size = 0;
    System.arraycopy(HEADER, 0, piece, 0, HEADER.length);
    size = HEADER.length;
  }

  /** Sends what is left; answers the number of rows the database took. */
  long end() throws SQLException {
    room(2);
    putShort(-1);
    send();
    return copy.endCopy();
  }

  /** Takes nothing of what was sent. */
  void cancel() throws SQLException {
    copy.cancelCopy();
  }

  @Override
  public void row(int fields) throws SQLException {
    room(2);
    putShort(fields);
  }

  @Override
  public void nothing() throws SQLException {
    room(4);
    putInt(-1);
  }

  @Override
  public void int2(int value) throws SQLException {
    room(6);
    putInt(2);
    putShort(value);
  }

  @Override
  public void int8(long value) throws SQLException {
    room(12);
    putInt(8);
    putLong(value);
  }

  @Override
  public void uuid(UUID id) throws SQLException {
    room(20);
    putInt(16);
    putLong(id.getMostSignificantBits());
    putLong(id.getLeastSignificantBits());
  }

  @Override
  public void timestamp(Instant instant) throws SQLException {
    int8((instant.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + instant.getNano() / 1_000);
  }

  @Override
  public void date(LocalDate date) throws SQLException {
    room(8);
    putInt(4);
    putInt((int) (date.toEpochDay() - EPOCH_DAYS));
  }

  @Override
  public void text(String text) throws SQLException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void jsonb(String json) throws SQLException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    room(5);
    putInt(bytes.length + 1);
    piece[size++] = 1; // version of jsonb's own binary form
    putBytes(bytes);
  }

  void bytes(byte[] bytes) throws SQLException {
    room(4);
    putInt(bytes.length);
    putBytes(bytes);
  }

  /** As {@code numeric} of scale 0: groups of four digits, the weight of the first, and the sign. */
  @Override
  public void numeric(Amount amount) throws SQLException {
    room(LARGEST_FIXED);
    int count = amount.fitsLong() && amount.toLong() != Long.MIN_VALUE ? split(Math.abs(amount.toLong()))
        : split(amount.toBigInteger().abs());
    putInt(8 + 2 * count);
    putShort(count);
    putShort(count == 0 ? 0 : count - 1);
    putShort(amount.isNegative() ? 0x4000 : 0);
    putShort(0);
    for (int i = count - 1; i >= 0; i--) {
      putShort(groups[i]);
    }
  }

  private int split(long value) {
    int count = 0;
    long rest = value;
    for (; rest > Integer.MAX_VALUE; rest /= GROUP) {
      groups[count++] = (int) (rest % GROUP);
    }
    for (int small = (int) rest; small != 0; small /= GROUP) {
      groups[count++] = small % GROUP;
    }
    return count;
  }

  /** In steps of four groups, as far as a long reaches. */
  private int split(BigInteger value) {
    int count = 0;
    BigInteger rest = value;
    while (rest.bitLength() >= Long.SIZE) {
      BigInteger[] divided = rest.divideAndRemainder(FOUR_GROUPS);
      long low = divided[1].longValue();
      for (int i = 0; i < 4; i++) {
        groups[count++] = (int) (low % GROUP);
        low /= GROUP;
      }
      rest = divided[0];
    }
    for (long high = rest.longValue(); high != 0; high /= GROUP) {
      groups[count++] = (int) (high % GROUP);
    }
    return count;
  }

  private void room(int bytes) throws SQLException {
    if (piece.length - size < bytes) {
      send();
    }
  }

  private void send() throws SQLException {
    copy.writeToCopy(piece, 0, size);
    size = 0;
  }

  private void putBytes(byte[] bytes) throws SQLException {
    for (int from = 0; from < bytes.length;) {
      room(1);
      int length = Math.min(bytes.length - from, piece.length - size);
      System.arraycopy(bytes, from, piece, size, length);
      size += length;
      from += length;
    }
  }

  private void putShort(int value) {
    piece[size++] = (byte) (value >>> 8);
    piece[size++] = (byte) value;
  }

  private void putInt(int value) {
    putShort(value >>> 16);
    putShort(value);
  }

  private void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }
}
