package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.security.crypto.XWing;
import ai.qenex.security.payload.CompactJwe;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** A client that encrypts from end to end, with a key of its own. */
final class PayloadClient {

  private final Api api;
  private final byte[] seed = bytes(XWing.SEED_BYTES);

  PayloadClient(Api api) {
    this.api = api;
  }

  /** Registers the key and answers its id. */
  String register() {
    String key = Base64.getEncoder().encodeToString(XWing.publicKey(seed));
    return api.post("/api/v1/payload-keys", Map.of("publicKey", key)).expect(200).text("id");
  }

  /** Encrypted to the newest key of the bank. */
  String toTheBank(String content) {
    JsonNode key = api.get("/api/v1/payload-keys").expect(200).body().path("bank").path(0);
    assertEquals("X-Wing", key.path("algorithm").asText());
    return to(key.path("id").asText(), Base64.getDecoder().decode(key.path("publicKey").asText()), content);
  }

  /** Encrypted to any key under any id. */
  static String to(String keyId, byte[] publicKey, String content) {
    return CompactJwe.seal(new CompactJwe.Recipient(keyId, publicKey), content.getBytes(StandardCharsets.UTF_8),
        "application/xml", bytes(CompactJwe.RANDOM_BYTES));
  }

  /** What the bank encrypted to this client. */
  String read(String compact) {
    CompactJwe envelope = CompactJwe.read(compact.getBytes(StandardCharsets.US_ASCII)).orElseThrow();
    byte[] secret = XWing.decapsulate(seed, envelope.encapsulation().orElseThrow());
    return new String(envelope.open(secret).orElseThrow(), StandardCharsets.UTF_8);
  }

  Api.Answer send(String envelope) {
    return api.send(api.request("/api/v1/payment-files").header("Content-Type", "application/jose")
        .POST(BodyPublishers.ofString(envelope)));
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
