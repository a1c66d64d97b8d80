package ai.qenex.web.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens whose signature and claims were found right a moment ago, by the SHA-256 of their text. A token is known until
 * it expires, and never longer than a given time, so that what changes in the meantime (a signing key that its issuer
 * withdraws, say) is noticed as late as that.
 */
final class VerifiedTokens {

  /** About 10 MB. */
  static final int MAX_TOKENS = 10_000;

  private final Duration longest;
  private final InstantSource clock;
  private final Map<ByteBuffer, Verified> known = new ConcurrentHashMap<>();

  /** @param groups what the token's bearer may do */
  record Verified(Principal bearer, Set<String> groups, Instant until) {}

  /** @param longest that a token is known; zero: not at all */
  VerifiedTokens(Duration longest, InstantSource clock) {
    this.longest = longest;
    this.clock = clock;
  }

  Optional<Verified> find(String token) {
    if (longest.isZero()) {
      return Optional.empty();
    }
    Verified verified = known.get(digestOf(token));
    return verified != null && clock.instant().isBefore(verified.until) ? Optional.of(verified) : Optional.empty();
  }

  /** @param expiry of the token itself */
  void remember(String token, Principal bearer, Set<String> groups, Instant expiry) {
    Instant now = clock.instant();
    Instant until = now.plus(longest);
    Instant earlier = expiry.isBefore(until) ? expiry : until;
    if (now.isBefore(earlier)) {
      if (known.size() >= MAX_TOKENS) {
        forgetSome(now);
      }
      known.put(digestOf(token), new Verified(bearer, Set.copyOf(groups), earlier));
    }
  }

  int size() {
    return known.size();
  }

  private void forgetSome(Instant now) {
    known.values().removeIf(verified -> !now.isBefore(verified.until));
    if (known.size() >= MAX_TOKENS) {
      known.clear();
    }
  }

  private static ByteBuffer digestOf(String token) {
    try {
      byte[] text = token.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).asReadOnlyBuffer();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
