package ai.qenex.security.service;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * What a client signs instead of sending a secret (RFC 7523 section 3): who it is, for whom, until when, and an id that
 * is good once.
 *
 * @param signed header and claims as they were signed
 */
record ClientAssertion(String algorithm, JsonObject claims, String signed, byte[] signature) {

  /** An assertion is made for one request: it lives no longer than this. */
  static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int LONGEST = 4_000;
  private static final int LONGEST_ID = 200;
  private static final int PARTS = 3;

  /** Empty if the text is no signed JWT. Nothing in it is believed yet. */
  static Optional<ClientAssertion> read(String text) {
    String[] parts = text.split("\\.", -1);
    if (text.length() > LONGEST || parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      JsonObject header = object(parts[0]);
      if (header.containsKey("crit")) {
        return Optional.empty();
      }
      return Optional.of(new ClientAssertion(header.getString("alg", ""), object(parts[1]),
          parts[0] + "." + parts[1], Base64.getUrlDecoder().decode(parts[2])));
    } catch (JsonException | IllegalArgumentException | ClassCastException e) {
      return Optional.empty(); // not base64url of JSON objects
    }
  }

  /** Whom the assertion says it comes from; empty if it does not say the same twice. */
  Optional<String> clientId() {
    return text("iss").filter(issuer -> text("sub").filter(issuer::equals).isPresent());
  }

  /** Of one client's id and the assertion's own, for burning. */
  Optional<String> onceId() {
    return text("jti").filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID)
        .flatMap(id -> clientId().map(client -> client + " " + id));
  }

  boolean isFor(Set<String> us) {
    JsonValue audience = claims.get("aud");
    return audience instanceof JsonString one ? us.contains(one.getString())
        : audience instanceof JsonArray many && many.stream()
            .anyMatch(value -> value instanceof JsonString one && us.contains(one.getString()));
  }

  /** When it ends, if that is now a valid time: not past, and not so far that ids had to be kept for long. */
  Optional<Instant> validUntil(Instant now) {
    Optional<Instant> end = time("exp");
    Optional<Instant> from = time("nbf").or(() -> time("iat"));
    return end.filter(at -> at.isAfter(now.minus(SKEW)) && at.isBefore(now.plus(LONGEST_LIFE).plus(SKEW)))
        .filter(at -> from.isEmpty() || from.get().isBefore(now.plus(SKEW))).map(at -> at.plus(SKEW));
  }

  private Optional<Instant> time(String claim) {
    return claims.get(claim) instanceof JsonNumber number && Math.abs(number.doubleValue()) < 1e11
        ? Optional.of(Instant.ofEpochSecond(number.longValue())) : Optional.empty();
  }

  private Optional<String> text(String claim) {
    return claims.get(claim) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
  }

  private static JsonObject object(String base64) {
    String json = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
