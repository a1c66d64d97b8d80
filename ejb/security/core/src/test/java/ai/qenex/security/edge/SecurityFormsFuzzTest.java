package ai.qenex.security.edge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Earlier finds, and seeds with a few bytes changed. */
class SecurityFormsFuzzTest {

  private static final String INPUT = "sig=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1800000000;"
      + "keyid=\"k\";nonce=\"0123456789abcdef\";alg=\"ed25519\"";
  private static final List<String> SEEDS = List.of(
      "0" + INPUT + "\nsig=:" + "A".repeat(86) + "==:\nsha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:\n",
      "0" + INPUT + "\nsig=::\n\n{}", "1sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:\n", "1sha-512=::\n{}",
      "2\u0000\u0004" + "k".repeat(32) + "s".repeat(64), "2\u0001\u0008\u0004" + "k".repeat(64) + "s".repeat(64),
      "3{\"seq\":1,\"at\":\"2027-03-01T00:00:00Z\",\"node\":\"a\"}", "4{\"number\":1,\"size\":1}", "5123456",
      "5ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789", "5cafe\u0301 correct horse", "6\u0001\u0000\u0000\u0000\u0001nonce");

  @Test
  void readsParametersWithoutEnd() {
    // each used to take a frame of the stack
    String many = "sig=()" + ";a".repeat(4_000);
    assertEquals(Optional.empty(), SignatureInput.parse(many, "sig=::"));
  }

  @Property(tries = 5_000)
  void readsOrRefusesWhatIsAlmostASeed(@ForAll long seed) {
    var random = new Random(seed);
    byte[] form = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.ISO_8859_1);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      form[random.nextInt(form.length)] = (byte) random.nextInt(256);
    }
    byte[] input = random.nextInt(4) == 0 ? Arrays.copyOf(form, random.nextInt(2 * form.length)) : form;
    assertDoesNotThrow(() -> SecurityFormsFuzz.fuzzerTestOneInput(input), () -> Arrays.toString(input));
  }
}
