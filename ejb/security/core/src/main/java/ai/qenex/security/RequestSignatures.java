package ai.qenex.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signed requests of machine clients (RFC 9421), and the keys they are verified with. */
public interface RequestSignatures {

  /**
   * A client's public key.
   *
   * @param keyId what {@code keyid} says; see {@link SignatureSuites#keyId}
   * @param client the user name of its tokens
   * @param suite one of {@link #SUITES}
   * @param revokedAt empty while it counts
   */
  record Key(String keyId, String client, String suite, byte[] publicKey, Instant registeredAt,
      Optional<Instant> revokedAt) {

    public Key {
      publicKey = publicKey.clone();
    }

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }
  }

  /** The suites a request may be signed with. */
  List<String> SUITES = List.of("Ed25519", "ECDSA-P256", "ML-DSA-65");

  /** Longest body that can be signed, in bytes. */
  int MAX_BODY = 4 << 20;

  /**
   * Judges a request that carries a signature. An accepted one is used up: the same again is refused.
   *
   * @param client the user name of the token it came with
   * @return empty if it is the client's own and new, else why not
   */
  Optional<SignatureClause> judge(SignedRequest request, String client);

  /**
   * Registers a key; the same key again answers the first registration.
   *
   * @return empty for a suite that is none of ours, or bytes that are no key of it
   */
  Optional<Key> register(String client, String suite, byte[] publicKey);

  /** From now on the key verifies nothing. Empty if there is none. */
  Optional<Key> revoke(String keyId);

  /** The keys of a client, newest first; at most 1,000. */
  List<Key> keysOf(String client);
}
