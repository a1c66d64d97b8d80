package ai.qenex.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Documents that are encrypted from end to end, as compact JSON Web Encryption (RFC 7516): clients encrypt to the
 * bank's keys ({@link KeyPurpose#PAYLOAD}), the bank to the key a client registered.
 */
public interface PayloadEnvelopes {

  /** Longest document inside of an envelope, in bytes. */
  int MAX_CONTENT_BYTES = 32 << 20;
  /** Longest envelope: Base64 makes four bytes of three, and a header comes with it. */
  int MAX_ENVELOPE_BYTES = MAX_CONTENT_BYTES / 3 * 4 + 8_192;
  /** The most keys of one client. */
  int MOST_KEYS = 100;

  /** @param compact the five parts, in ASCII */
  Opening open(byte[] compact);

  /** Encrypts to a client's registered key; empty if that client has no key of that id. */
  Optional<String> seal(ClientKey.Owner key, byte[] content, String contentType);

  /** What clients encrypt to; the newest first. */
  List<KeyRecord> bankKeys();

  /** Of one client, the newest first. */
  List<ClientKey> keysOf(String client);

  /**
   * Registers a key for what the bank encrypts to the client; the same key again is the same.
   *
   * @param publicKey of X-Wing, 1,216 bytes
   * @return empty if it is no such key, or the client has {@value #MOST_KEYS} keys already
   */
  Optional<ClientKey> register(String client, byte[] publicKey);

  /** What became of opening an envelope. */
  sealed interface Opening {

    /** @param contentType the header's {@code cty}, empty if it has none */
    record Opened(byte[] content, String contentType) implements Opening {}

    record Refused(Clause clause, String detail) implements Opening {}
  }

  /** Why an envelope is refused. */
  enum Clause {
    /** It is not compact JWE with a header of ours. */
    NOT_AN_ENVELOPE,
    /** Its {@code alg} or {@code enc} is another. */
    ALGORITHM_NOT_ALLOWED,
    /** The bank has no key of that {@code kid}, or retired it. */
    UNKNOWN_KEY,
    /** It was altered, cut, or encrypted to another key. */
    DOES_NOT_OPEN
  }

  /** A client's key. */
  record ClientKey(String client, String id, byte[] publicKey, Instant registeredAt) {

    /** Whose key, and which. */
    public record Owner(String client, String id) {}
  }
}
