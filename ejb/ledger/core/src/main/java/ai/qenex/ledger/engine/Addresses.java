package ai.qenex.ledger.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The chain address of an account: the last 20 bytes of the SHA-256 of its id, as the last 20 bytes of a key's hash are
 * in Ethereum.
 */
final class Addresses {

  private static final int ADDRESS_BYTES = 20;

  private Addresses() {}

  static String of(UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array();
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "0x" + HexFormat.of().formatHex(hash, hash.length - ADDRESS_BYTES, hash.length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
