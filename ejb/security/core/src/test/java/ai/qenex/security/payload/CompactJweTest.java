package ai.qenex.security.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.crypto.XWing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJweTest {

  private static final byte[] SEED = bytes(32, 1);
  private static final byte[] CONTENT = "<Document>pain.001</Document>".getBytes(StandardCharsets.UTF_8);
  private static final String JWE = CompactJwe.seal(new CompactJwe.Recipient("k1", XWing.publicKey(SEED)), CONTENT,
      "application/xml", bytes(CompactJwe.RANDOM_BYTES, 2));

  @Test
  void opensForTheOwnerOfTheKey() {
    CompactJwe read = read(JWE).orElseThrow();
    assertTrue(read.usesOurAlgorithms());
    assertEquals("k1", read.keyId());
    assertEquals("application/xml", read.contentType());
    assertArrayEquals(CONTENT, opened(read, SEED).orElseThrow());
    assertTrue(opened(read, bytes(32, 9)).isEmpty(), "another key");
    assertEquals(5, JWE.split("\\.", -1).length);
  }

  /** Every character of the envelope is changed, left out or cut behind, in turn. */
  @Test
  void opensNeverWhenAnythingIsAnother() {
    for (int at = 0; at < JWE.length(); at++) {
      char other = JWE.charAt(at) == 'A' ? 'E' : 'A';
      assertClosed(JWE.substring(0, at) + other + JWE.substring(at + 1), at);
      if (at % 7 == 0) {
        assertClosed(JWE.substring(0, at), at);
        assertClosed(JWE.substring(0, at) + JWE.substring(at + 1), at);
      }
    }
  }

  private static void assertClosed(String altered, int at) {
    read(altered).ifPresent(read -> assertTrue(opened(read, SEED).isEmpty(), "character " + at));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"alg\":\"X-Wing\"}", "[]",
      "{\"alg\":\"X-Wing\",\"enc\":\"A256GCM\",\"kid\":\"k1\",\"ek\":\"\",\"zip\":\"DEF\"}",
      "{\"alg\":\"X-Wing\",\"enc\":\"A256GCM\",\"kid\":\"k1\",\"ek\":\"\",\"crit\":\"x\"}",
      "{\"alg\":\"X-Wing\",\"alg\":\"none\",\"enc\":\"A256GCM\",\"kid\":\"k1\",\"ek\":\"\"}",
      "{\"alg\":\"X-Wing\",\"enc\":\"A256GCM\",\"kid\":\"k1\",\"ek\":\"\",}",
      "{\"alg\":\"X-Wing\",\"enc\":\"A256GCM\",\"kid\":1,\"ek\":\"\"}",
      "{\"alg\":\"X-Wing\",\"enc\":\"A256GCM\",\"kid\":\"\\u006b\",\"ek\":\"\"}"})
  void readsNoHeaderButItsOwn(String header) {
    assertTrue(read(withHeader(header)).isEmpty());
  }

  @Test
  void namesAnotherAlgorithmAsAnother() {
    for (String[] pair : new String[][] {{"none", "A256GCM"}, {"RSA-OAEP", "A256GCM"}, {"X-Wing", "A128GCM"}}) {
      String header = "{ \"enc\":\"" + pair[1] + "\", \"alg\":\"" + pair[0] + "\",\"kid\":\"k1\",\"ek\":\"AA\" }";
      assertFalse(read(withHeader(header)).orElseThrow().usesOurAlgorithms());
    }
  }

  private static String withHeader(String header) {
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
    return encoded + JWE.substring(JWE.indexOf('.'));
  }

  private static Optional<CompactJwe> read(String compact) {
    return CompactJwe.read(compact.getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<byte[]> opened(CompactJwe read, byte[] seed) {
    return read.encapsulation().filter(bytes -> bytes.length == XWing.CIPHERTEXT_BYTES && read.usesOurAlgorithms())
        .flatMap(bytes -> read.open(XWing.decapsulate(seed, bytes)));
  }

  private static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
