package ai.qenex.web.input;

import ai.qenex.kernel.UuidV7;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * The id that makes a request safe to repeat. A UUID in the {@code Idempotency-Key} header is that id; another text of
 * 1 to 128 visible ASCII characters is hashed with the client's name to a version 8 UUID (RFC 9562 section 5.8), so
 * that clients cannot meet each other's keys by accident; without a key the server makes a new version 7 UUID.
 */
public final class IdempotencyKey {

  public static final String HEADER = "Idempotency-Key";

  private static final int MAX_LENGTH = 128;
  private static final UuidV7 NEW_IDS = new UuidV7(InstantSource.system(), new SecureRandom());

  private IdempotencyKey() {}

  /** The id of the request's own {@code id} member if it has one, else of the header, else a new one. */
  public static UUID idOf(Optional<String> memberId, String header, String client) {
    return memberId.isPresent() ? Values.uuid("/id", memberId.get()) : idOf(header, client);
  }

  /** The id of the header if there is one, else a new one. @param header null if there is none */
  public static UUID idOf(String header, String client) {
    return header == null ? newId() : ofHeader(header, client);
  }

  public static UUID newId() {
    return NEW_IDS.next();
  }

  /** @param header not null */
  static UUID ofHeader(String header, String client) {
    if (Values.isUuid(header)) {
      return UUID.fromString(header);
    }
    if (header.isEmpty() || header.length() > MAX_LENGTH || header.chars().anyMatch(c -> c < '!' || c > '~')) {
      throw Values.invalid(HEADER, "a UUID, or 1 to " + MAX_LENGTH + " visible ASCII characters");
    }
    byte[] clientBytes = client.getBytes(StandardCharsets.UTF_8);
    byte[] keyBytes = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer input = ByteBuffer.allocate(Integer.BYTES + clientBytes.length + keyBytes.length)
        .putInt(clientBytes.length).put(clientBytes).put(keyBytes);
    ByteBuffer hash = ByteBuffer.wrap(sha256(input.array()));
    return new UUID(hash.getLong() & ~0xF000L | 0x8000L, hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE);
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
