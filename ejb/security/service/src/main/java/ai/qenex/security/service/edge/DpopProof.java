package ai.qenex.security.service.edge;

import ai.qenex.security.ProofClause;
import ai.qenex.security.ProofsOfPossession.Call;
import ai.qenex.security.service.ClientKey;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A DPoP proof (RFC 9449 section 4.2): a JWT that carries its own public key and says for which request, which token
 * and when it was made. Checked as section 4.3 tells; whether its id is new is asked last and elsewhere.
 *
 * @param signed header and claims as they were signed
 */
record DpopProof(ClientKey key, JsonObject claims, String signed, byte[] signature) {

  static final Duration OLDEST = Duration.ofSeconds(120);
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int LONGEST = 4_000;
  private static final int LONGEST_ID = 160;
  private static final int PARTS = 3;
  private static final int COORDINATE = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Empty for what is no proof, names another algorithm than its key's, or shows a private key. */
  static Optional<DpopProof> read(String text) {
    String[] parts = text.split("\\.", -1);
    if (text.length() > LONGEST || parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      JsonObject header = object(parts[0]);
      boolean strange = !header.getString("typ", "").equals("dpop+jwt") || header.containsKey("crit")
          || !header.containsKey("jwk");
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      return strange ? Optional.empty() : ClientKey.read(header.getJsonObject("jwk").toString())
          .filter(key -> key.algorithm().equals(header.getString("alg", "")))
          .map(key -> new DpopProof(key, object(parts[1]), parts[0] + "." + parts[1], signature));
    } catch (JsonException | IllegalArgumentException | ClassCastException e) {
      return Optional.empty(); // not base64url of JSON objects
    }
  }

  /** Why it is not a proof for that call, signature first. */
  Optional<ProofClause> refusal(Call call, Optional<String> thumbprint, Instant now) {
    if (!key.verifies(signed, signature)) {
      return Optional.of(ProofClause.PROOF_WRONG);
    }
    if (id().isEmpty()) {
      return Optional.of(ProofClause.PROOF_MALFORMED);
    }
    if (!text("htm").equals(Optional.of(call.method())) || !text("htu").equals(Optional.of(call.uri()))) {
      return Optional.of(ProofClause.PROOF_OF_ANOTHER_REQUEST);
    }
    Optional<Instant> made = claims.get("iat") instanceof JsonNumber number && Math.abs(number.doubleValue()) < 1e11
        ? Optional.of(Instant.ofEpochSecond(number.longValue())) : Optional.empty();
    if (made.filter(at -> at.isAfter(now.minus(OLDEST)) && at.isBefore(now.plus(SKEW))).isEmpty()) {
      return Optional.of(ProofClause.PROOF_UNTIMELY);
    }
    if (!text("ath").equals(call.accessToken().map(DpopProof::digest))) {
      return Optional.of(ProofClause.PROOF_OF_ANOTHER_TOKEN);
    }
    return thumbprint.filter(wanted -> !wanted.equals(thumbprint())).map(other -> ProofClause.PROOF_OF_ANOTHER_KEY);
  }

  /** {@code jti}; empty if it is missing, empty or too long to be kept. */
  Optional<String> id() {
    return text("jti").filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID && id.indexOf('\0') < 0);
  }

  /** RFC 7638: SHA-256 over the members of the key that matter, in order, without white space. */
  String thumbprint() {
    byte[] point = key.publicKey();
    String members = key.suite().equals("Ed25519")
        ? "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + BASE64.encodeToString(point) + "\"}"
        : "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\""
            + BASE64.encodeToString(Arrays.copyOfRange(point, 1, 1 + COORDINATE))
            + "\",\"y\":\"" + BASE64.encodeToString(Arrays.copyOfRange(point, 1 + COORDINATE, point.length)) + "\"}";
    return digest(members);
  }

  static String digest(String ascii) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Optional<String> text(String claim) {
    JsonValue value = claims.get(claim);
    return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
  }

  private static JsonObject object(String base64) {
    try (var reader = Json.createReader(new ByteArrayInputStream(Base64.getUrlDecoder().decode(base64)))) {
      return reader.readObject();
    }
  }
}
