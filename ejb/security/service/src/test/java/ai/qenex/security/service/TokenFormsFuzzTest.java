package ai.qenex.security.service;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Earlier finds, and forms with a few bytes changed. */
class TokenFormsFuzzTest {

  private static final int TRIES = 20_000;
  private static final List<String> SEEDS = List.of(
      "0" + base64("{\"alg\":\"ES256\"}") + "."
          + base64("{\"iss\":\"a\",\"sub\":\"a\",\"aud\":[\"qenex-api\"],\"exp\":1800000100,\"jti\":\"1\"}") + ".AAAA",
      "0" + base64("{}") + "." + base64("{\"exp\":1e400,\"nbf\":-1.5,\"iat\":\"x\",\"aud\":{}}") + ".",
      "0" + base64("[".repeat(900)) + "..",
      "1{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
          + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
      "1{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":1,\"y\":null}", "2https://desk.bank.example/back",
      "2http://127.0.0.1:80/back", "2http://[::1]/x?y#z", "4anna",
      "3" + base64("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":"
          + "\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}}")
          + "."
          + base64("{\"htm\":\"POST\",\"iat\":1800000000,\"jti\":\"1\"}") + "." + "A".repeat(86));

  @Test
  void readsOrRefusesWhatIsAlmostASeed() {
    var random = new Random(20270301);
    int read = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] form = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.ISO_8859_1);
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        form[random.nextInt(form.length)] = (byte) random.nextInt(128);
      }
      byte[] input = random.nextInt(4) == 0 ? Arrays.copyOf(form, random.nextInt(2 * form.length)) : form;
      assertDoesNotThrow(() -> TokenFormsFuzz.fuzzerTestOneInput(input), () -> Arrays.toString(input));
      read++;
    }
    assertEquals(TRIES, read);
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
