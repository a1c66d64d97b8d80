package ai.qenex.kernel;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value. */
public record Hash(byte[] bytes) {

  public static final int BYTES = 32;
  /** What stands where there is nothing before. */
  public static final Hash NOTHING = new Hash(new byte[BYTES]);

  public Hash {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes");
    }
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** @throws IllegalArgumentException unless it is 64 hex digits */
  public static Hash ofHex(String hex) {
    return new Hash(HexFormat.of().parseHex(hex));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 64 lower-case hex digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
