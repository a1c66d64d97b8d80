package ai.qenex.web.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferReaderTest {

  private static final String GOOD =
      "{\"id\":\"0190\",\"debit\":\"a\",\"credit\":\"b\",\"amount\":\"12.50\",\"asset\":\"EUR\","
          + "\"reference\":\"Grüße\",\"valueDate\":\"2027-02-26\"}";

  @Test
  void readsEveryMember() throws IOException {
    assertEquals(
        new TransferRequest(Optional.of("0190"), "a", "b", "12.50", "EUR", Optional.of("Grüße"),
            Optional.of("2027-02-26")),
        TransferReader.readOne(stream(GOOD)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
      "{}                                                                                       | /debit",
      "{\"debit\":\"a\",\"credit\":\"b\",\"amount\":12.5,\"asset\":\"EUR\"}                      | /amount",
      "{\"debit\":\"a\",\"debit\":\"b\"}                                                         | /debit",
      "{\"from\":\"a\"}                                                                         | /from",
      "{\"a/b~\":\"a\"}                                                                         | /a~1b~0",
      "{\"id\":7}                                                                               | /id",
      "{\"debit\":null}                                                                         | /debit",
      "{\"debit\":\"a\",\"credit\":{\"b\":\"c\"}}                                                | /credit"})
  void namesTheMemberThatIsWrong(String body, String path) {
    assertEquals(path, refusalOf(body).figures().get("path"));
  }

  @Test
  void namesTheItemThatIsWrong() {
    Problem problem = assertThrows(ProblemException.class,
        () -> TransferReader.readAll(stream("[" + GOOD + "," + GOOD.replace("\"12.50\"", "0") + "]"), 10)).problem();
    assertEquals("/1/amount", problem.figures().get("path"));
  }

  @Test
  void readsArraysUpToTheirLimit() throws IOException {
    assertEquals(List.of(), TransferReader.readAll(stream("[]"), 2));
    assertEquals(2, TransferReader.readAll(stream("[" + GOOD + "," + GOOD + "]"), 2).size());
    assertThrows(ProblemException.class, () -> TransferReader.readAll(stream("[" + GOOD + "," + GOOD + "]"), 1));
    assertThrows(ProblemException.class, () -> TransferReader.readAll(stream("[] []"), 1));
    assertThrows(ProblemException.class, () -> TransferReader.readAll(stream(GOOD), 1));
  }

  /**
   * A good body with a few bytes changed: this reader and the general one must agree, and answer nothing but their own
   * refusal.
   */
  @Property(tries = 5_000)
  void isAsStrictAsTheGeneralReader(@ForAll long seed) throws IOException {
    byte[] body = mutated(GOOD.getBytes(StandardCharsets.UTF_8), new Random(seed));
    assertEquals(generalAnswer(body), hotAnswer(body), () -> new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] body = good.clone();
    String alphabet = "{}[]\":,\\0159.eE+-tfn \n\u0000abid";
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(body.length);
      body[at] = random.nextInt(8) == 0 ? (byte) random.nextInt(256)
          : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
    }
    if (random.nextInt(6) == 0) {
      body = java.util.Arrays.copyOf(body, random.nextInt(body.length));
    }
    return body;
  }

  private static String hotAnswer(byte[] body) throws IOException {
    try {
      return TransferReader.readOne(body, 0, body.length).toString();
    } catch (ProblemException refusal) {
      return "refused";
    }
  }

  private static String generalAnswer(byte[] body) throws IOException {
    try {
      return JsonBodyReader.read(TransferRequest.class, new ByteArrayInputStream(body)).toString();
    } catch (ProblemException refusal) {
      return "refused";
    }
  }

  private static Problem refusalOf(String body) {
    return assertThrows(ProblemException.class, () -> TransferReader.readOne(stream(body))).problem();
  }

  private static ByteArrayInputStream stream(String body) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }
}
