package ai.qenex.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Writes the fields of a canonical form, the bytes of a record that are hashed and signed, into memory that is used
 * again. Every field states its length or has one, so that no two records have the same form. For one thread.
 */
public final class FormWriter {

  private static final int TYPICAL_BYTES = 512;
  private static final int LONGEST_TEXT = 0xFFFF;
  private static final int LONGEST_LONG = 20;
  private static final int MOST_DIGITS = 19;
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** A zero byte, and then the form: together they are what a leaf hashes (RFC 9162). */
  private byte[] bytes = new byte[TYPICAL_BYTES];
  private int size = 1;

  /** Forgets what was written. */
  public void begin() {
    size = 1;
  }

  /** Begins with the zero byte of a leaf. */
  byte[] memory() {
    return bytes;
  }

  /** With the zero byte of a leaf. */
  int size() {
    return size;
  }

  public FormWriter int1(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public FormWriter int4(int value) {
    room(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
    return this;
  }

  public FormWriter int8(long value) {
    room(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
    return this;
  }

  public FormWriter uuid(UUID id) {
    return int8(id.getMostSignificantBits()).int8(id.getLeastSignificantBits());
  }

  public FormWriter micros(Instant instant) {
    return int8(
        TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(instant.getNano()));
  }

  public FormWriter date(LocalDate date) {
    return int4((int) date.toEpochDay());
  }

  public FormWriter asset(Asset asset) {
    return text(asset.code()).int1(asset.scale());
  }

  public FormWriter hash(Hash hash) {
    return raw(hash.bytes());
  }

  /** An amount as the text of its minor units. */
  public FormWriter amount(Amount amount) {
    if (!amount.fitsLong() || amount.toLong() == Long.MIN_VALUE) {
      return text(amount.toString());
    }
    room(LONGEST_LONG + 2);
    int start = size + 2;
    int end = digits(amount.toLong(), start);
    short2(end - start);
    size = end;
    return this;
  }

  public FormWriter text(String text) {
    int length = text.length();
    room(length + 2);
    int at = size + 2;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > 0x7F) {
        return utf8(text);
      }
      bytes[at++] = (byte) c;
    }
    requireShort(length);
    short2(length);
    size = at;
    return this;
  }

  public FormWriter optionalText(Optional<String> text) {
    int1(text.isPresent() ? 1 : 0);
    return text.isPresent() ? text(text.get()) : this;
  }

  public FormWriter optionalAmount(Optional<Amount> amount) {
    int1(amount.isPresent() ? 1 : 0);
    return amount.isPresent() ? amount(amount.get()) : this;
  }

  public FormWriter raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  /** The form, without the zero byte of a leaf. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, 1, size);
  }

  private FormWriter utf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    requireShort(utf8.length);
    room(utf8.length + 2);
    short2(utf8.length);
    return raw(utf8);
  }

  /** Plain digits of a long, a minus sign before them where negative; answers their end. */
  private int digits(long value, int start) {
    int at = start;
    if (value < 0) {
      bytes[at++] = '-';
    }
    long rest = Math.abs(value);
    int end = at + 1;
    for (long power = 10; end - at < MOST_DIGITS && rest >= power; power *= 10) {
      end++;
    }
    int i = end;
    while (rest > Integer.MAX_VALUE) {
      bytes[--i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    // int arithmetic is several times as fast
    int small = (int) rest;
    while (i > at) {
      bytes[--i] = (byte) ('0' + small % 10);
      small /= 10;
    }
    return end;
  }

  private static void requireShort(int length) {
    if (length > LONGEST_TEXT) {
      throw new IllegalArgumentException("a text of a canonical form has at most " + LONGEST_TEXT + " bytes");
    }
  }

  private void short2(int value) {
    bytes[size++] = (byte) (value >>> Byte.SIZE);
    bytes[size++] = (byte) value;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
