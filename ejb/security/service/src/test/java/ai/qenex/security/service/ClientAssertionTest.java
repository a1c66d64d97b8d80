package ai.qenex.security.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.KeyMaterial;
import ai.qenex.security.SignatureSuites;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Assertions of clients (RFC 7523) and the keys that sign them. */
class ClientAssertionTest {

  private static final Instant NOW = Instant.parse("2027-02-26T10:00:00Z");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private static String jwt(String header, String claims) {
    return base64(header) + "." + base64(claims) + "." + BASE64.encodeToString(new byte[64]);
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ClientAssertion of(String claims) {
    return ClientAssertion.read(jwt("{\"alg\":\"ES256\"}", claims)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ECDSA-P256", "Ed25519"})
  void takesTheSignatureOfTheClientsKeyAlone(String suite) {
    KeyMaterial keys = SignatureSuites.newKeys(suite, new SecureRandom());
    byte[] point = keys.publicKey();
    String jwk = suite.equals("Ed25519")
        ? "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + BASE64.encodeToString(point)
            + "\"}"
        : "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + BASE64.encodeToString(Arrays.copyOfRange(point, 1, 33))
            + "\",\"y\":\"" + BASE64.encodeToString(Arrays.copyOfRange(point, 33, 65)) + "\"}";
    ClientKey key = ClientKey.read(jwk).orElseThrow();
    byte[] signature = SignatureSuites.signer(keys).sign("a.b".getBytes(StandardCharsets.US_ASCII));
    assertTrue(key.verifies("a.b", signature));
    assertFalse(key.verifies("a.c", signature));
    assertFalse(key.verifies("a.b", new byte[64]));
    assertFalse(key.verifies("a.b", new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}",
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}", "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":7}",
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"d\":\"AA\"}",
      "{\"kty\":\"oct\",\"k\":\"AAAA\"}"})
  void takesNoOtherKey(String jwk) {
    assertFalse(ClientKey.isUsable(jwk));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a.b", "a.b.c", "....", "e30.e30", "e30.W10.AA", "!!.e30.AA"})
  void readsNothingElse(String text) {
    assertEquals(Optional.empty(), ClientAssertion.read(text));
  }

  @Test
  void refusesHeadersThatMustBeUnderstood() { // RFC 7515 section 4.1.11
    assertEquals(Optional.empty(), ClientAssertion.read(jwt("{\"alg\":\"ES256\",\"crit\":[\"x\"]}", "{}")));
  }

  @Test
  void saysWhoOnlyIfItSaysTheSameTwice() {
    assertEquals(Optional.of("erp"), of("{\"iss\":\"erp\",\"sub\":\"erp\"}").clientId());
    assertEquals(Optional.empty(), of("{\"iss\":\"erp\",\"sub\":\"other\"}").clientId());
    assertEquals(Optional.empty(), of("{\"sub\":\"erp\"}").clientId());
    assertEquals(Optional.empty(), of("{\"iss\":\"erp\",\"sub\":\"erp\"}").onceId(), "an id is needed");
  }

  @Test
  void isForUsOnly() {
    assertTrue(of("{\"aud\":\"us\"}").isFor(Set.of("us")));
    assertTrue(of("{\"aud\":[\"them\",\"us\"]}").isFor(Set.of("us")));
    assertFalse(of("{\"aud\":\"them\"}").isFor(Set.of("us")));
    assertFalse(of("{\"aud\":{\"us\":1}}").isFor(Set.of("us")));
    assertFalse(of("{}").isFor(Set.of("us")));
  }

  @Test
  void isGoodForAFewMinutesAndNoLonger() {
    long now = NOW.getEpochSecond();
    assertTrue(of("{\"exp\":" + (now + 60) + "}").validUntil(NOW).isPresent());
    assertTrue(of("{\"exp\":" + (now - 29) + "}").validUntil(NOW).isPresent(), "clocks differ");
    assertEquals(Optional.empty(), of("{\"exp\":" + (now - 30) + "}").validUntil(NOW));
    assertEquals(Optional.empty(), of("{\"exp\":" + (now + 331) + "}").validUntil(NOW), "made for later");
    assertEquals(Optional.empty(), of("{\"exp\":1e300}").validUntil(NOW));
    assertEquals(Optional.empty(), of("{\"exp\":\"soon\"}").validUntil(NOW));
    assertEquals(Optional.empty(), of("{}").validUntil(NOW));
    assertEquals(Optional.empty(), of("{\"exp\":" + (now + 60) + ",\"nbf\":" + (now + 31) + "}").validUntil(NOW));
  }
}
