package ai.qenex.web.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Text that grows as bytes in UTF-8; for results, of which a request may have millions. */
final class ResultText {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_LONG = 20;
  private static final int UUID_LENGTH = 36;

  private byte[] bytes;
  private int length;

  ResultText(int expectedBytes) {
    bytes = new byte[Math.max(expectedBytes, UUID_LENGTH)];
  }

  /** The text so far. */
  byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  ResultText add(byte[] utf8) {
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  ResultText add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  ResultText add(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  ResultText add(UUID id) {
    reserve(UUID_LENGTH);
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    hex(high >>> 32, 8);
    bytes[length++] = '-';
    hex(high >>> 16, 4);
    bytes[length++] = '-';
    hex(high, 4);
    bytes[length++] = '-';
    hex(low >>> 48, 4);
    bytes[length++] = '-';
    hex(low, 12);
    return this;
  }

  /** @param number zero or more */
  ResultText add(long number) {
    reserve(LONGEST_LONG);
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private void hex(long value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (value >>> shift) & 15];
    }
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
