package ai.qenex.security.edge;

import ai.qenex.security.SignatureClause;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Whether a request is the one its client signed (RFC 9421 section 3.2). Whether its nonce is new is asked last and
 * elsewhere, so that a nonce is never used up by what somebody else made up.
 *
 * @param oldest how long after its creation a signature counts
 * @param skew how far a client's clock may be ahead of ours
 */
public record SignatureRules(Duration oldest, Duration skew) {

  private static final List<String> ALWAYS = List.of("@method", "@path", "@query");
  private static final String DIGEST = "content-digest";
  private static final int SHORTEST_NONCE = 16;
  private static final int LONGEST_NONCE = 128;
  /** RFC 9421 section 6.2.2; ML-DSA has no name there yet, so it has FIPS 204's. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("Ed25519", "ed25519", "ECDSA-P256", "ecdsa-p256-sha256", "ML-DSA-65", "ml-dsa-65");

  /** A key as the rules need it. */
  public record VerifyingKey(String suite, byte[] publicKey) {
    public VerifyingKey {
      publicKey = publicKey.clone();
    }

    @Override
    public byte[] publicKey() {
      return publicKey.clone();
    }
  }

  /** What was found. @param used the nonce and key to be marked as used; empty with a refusal */
  public record Finding(Optional<SignatureClause> refusal, Optional<Use> used) {

    static Finding refused(SignatureClause clause) {
      return new Finding(Optional.of(clause), Optional.empty());
    }
  }

  /** @param until when the nonce can be forgotten, because the signature is stale then */
  public record Use(String keyId, String nonce, Instant until) {}

  /** The name that {@code alg} has for a suite. */
  public static String algorithmOf(String suite) {
    return ALGORITHMS.get(suite);
  }

  /** @param keys the client's own keys that count, by id */
  public Finding judge(SignedRequest request, Function<String, Optional<VerifyingKey>> keys, Instant now) {
    Optional<SignatureInput> read = request.single("signature-input")
        .flatMap(input -> request.single("signature").flatMap(signature -> SignatureInput.parse(input, signature)));
    if (read.isEmpty()) {
      return Finding.refused(SignatureClause.SIGNATURE_MALFORMED);
    }
    SignatureInput input = read.get();
    if (!coversEnough(request, input)) {
      return Finding.refused(SignatureClause.SIGNATURE_COVERS_TOO_LITTLE);
    }
    Optional<SignatureClause> time = untimely(input, now);
    if (time.isPresent()) {
      return Finding.refused(time.get());
    }
    String keyId = input.value("keyid").orElseThrow();
    Optional<VerifyingKey> key = keys.apply(keyId);
    if (key.isEmpty()) {
      return Finding.refused(SignatureClause.SIGNATURE_KEY_UNKNOWN);
    }
    // what verifies is the key's algorithm; the message may repeat it, never choose it
    if (input.value("alg").filter(alg -> !alg.equals(algorithmOf(key.get().suite()))).isPresent()) {
      return Finding.refused(SignatureClause.SIGNATURE_ALGORITHM_MISMATCH);
    }
    return isSigned(request, input, key.get())
        .map(Finding::refused)
        .orElseGet(() -> new Finding(Optional.empty(), Optional.of(new Use(keyId,
            input.value("nonce").orElseThrow(), createdAt(input).plus(oldest)))));
  }

  private static Optional<SignatureClause> isSigned(SignedRequest request, SignatureInput input, VerifyingKey key) {
    Optional<byte[]> base = SignatureBase.of(request, input);
    if (base.isEmpty()) {
      return Optional.of(SignatureClause.SIGNATURE_MALFORMED);
    }
    if (!SignatureSuites.verify(key.suite(), key.publicKey(), base.get(), input.signature())) {
      return Optional.of(SignatureClause.SIGNATURE_WRONG);
    }
    boolean digested = input.components().contains(DIGEST);
    return digested && !request.single(DIGEST).filter(field -> ContentDigest.matches(field, request.body())).isPresent()
        ? Optional.of(SignatureClause.SIGNATURE_DIGEST_MISMATCH) : Optional.empty();
  }

  private static boolean coversEnough(SignedRequest request, SignatureInput input) {
    int nonce = input.value("nonce").orElse("").length();
    boolean body = request.body().length > 0 || request.fields().containsKey(DIGEST);
    return input.components().containsAll(ALWAYS) && (!body || input.components().contains(DIGEST))
        && input.seconds("created").isPresent() && input.value("keyid").isPresent()
        && nonce >= SHORTEST_NONCE && nonce <= LONGEST_NONCE;
  }

  private Optional<SignatureClause> untimely(SignatureInput input, Instant now) {
    if (createdAt(input).isAfter(now.plus(skew))) {
      return Optional.of(SignatureClause.SIGNATURE_FROM_THE_FUTURE);
    }
    OptionalLong expires = input.seconds("expires");
    boolean expired = expires.isPresent() && expires.getAsLong() <= now.getEpochSecond();
    return expired || createdAt(input).plus(oldest).isBefore(now)
        ? Optional.of(SignatureClause.SIGNATURE_STALE) : Optional.empty();
  }

  /** Beyond the year 5138 counts as that: 11 digits are what an instant takes in any case. */
  private static Instant createdAt(SignatureInput input) {
    return Instant.ofEpochSecond(Math.min(99_999_999_999L, input.seconds("created").orElse(0)));
  }
}
