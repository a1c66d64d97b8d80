package ai.qenex.web.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyReaderTest {

  record Order(String name, Optional<String> note, Optional<Boolean> urgent) {}

  record Sum(ExactNumber amount) {}

  @Test
  void readsPresentAbsentAndNullMembers() throws IOException {
    assertEquals(new Order("a", Optional.of("b"), Optional.of(true)),
        read(Order.class, "{\"name\":\"a\",\"note\":\"b\",\"urgent\":true}"));
    assertEquals(new Order("a", Optional.empty(), Optional.empty()),
        read(Order.class, "{\"name\":\"a\",\"note\":null}"));
  }

  /** The columns: body, path, a word of the sentence. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
      "{\"name\":\"a\",\"price\":\"1\"}     | /price  | no such member",
      "{\"name\":\"a\",\"name\":\"b\"}      | /name   | twice",
      "{\"note\":\"a\"}                     | /name   | missing",
      "{\"name\":null}                      | /name   | missing",
      "{\"name\":1}                         | /name   | type",
      "{\"name\":1.5}                       | /name   | type",
      "{\"name\":true}                      | /name   | type",
      "{\"name\":[\"a\"]}                   | /name   | type",
      "{\"name\":{}}                        | /name   | type",
      "{\"name\":\"a\",\"note\":5}          | /note   | type",
      "{\"name\":\"a\",\"urgent\":\"true\"} | /urgent | type",
      "{\"name\":\"a\",\"urgent\":1}        | /urgent | type"})
  void namesTheMemberThatIsWrong(String body, String path, String word) {
    Problem problem = refusalOf(Order.class, body);
    assertEquals(path, problem.figures().get("path"));
    assertEquals(true, problem.detail().contains(word), problem.detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "[{\"name\":\"a\"}]", "\"name\"", "1", "{", "{\"name\":\"a\"",
      "{\"name\":\"a\"}}",
      "{\"name\":\"a\"} {}", "{'name':'a'}", "{name:\"a\"}", "{\"name\":\"a\",}", "{\"name\":\"a\" /* b */}",
      "{\"name\":\"a\u0000\"}",
      "{\"name\":NaN}", "\u00ff\u00fe", "{\"name\":\"\\x41\"}", "{\"name\":\"\\ud800"})
  void refusesWhatIsNotOneJsonObject(String body) {
    Problem problem = refusalOf(Order.class, body);
    assertEquals(400, problem.status());
    assertEquals("INVALID_REQUEST", problem.code());
    assertFalse(problem.detail().contains("ai.qenex"), problem.detail());
  }

  @Test
  void refusesInvalidUtf8() {
    byte[] body = "{\"name\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    body[9] = (byte) 0xC0;
    assertEquals(400, assertThrows(ProblemException.class,
        () -> JsonBodyReader.read(Order.class, new ByteArrayInputStream(body))).problem().status());
  }

  @Test
  void limitsDepthLengthAndSize() {
    assertEquals("/name",
        refusalOf(Order.class, "{\"name\":" + "[".repeat(100_000)).figures().get("path").toString().substring(0, 5));
    assertEquals(400, refusalOf(Order.class, "{\"name\":\"" + "a".repeat(StrictJson.MAX_STRING + 1) + "\"}").status());
    assertEquals(400, refusalOf(Order.class, "{\"" + "n".repeat(1_000) + "\":\"a\"}").status());
    assertEquals(413, refusalOf(Order.class, " ".repeat(BoundedBody.MAX_OBJECT_BYTES) + "{\"name\":\"a\"}").status());
  }

  @ParameterizedTest
  @CsvSource({"12.50,12.50", "0.1,0.1", "100000000000000000000.01,100000000000000000000.01", "1e2,1E+2",
      "'\"7.50\"',7.50"})
  void readsNumbersExactly(String written, BigDecimal expected) throws IOException {
    assertEquals(expected, read(Sum.class, "{\"amount\":" + written + "}").amount().value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1e5\"", "\"\"", "\"+1\"", "\" 1\"", "\"NaN\"", "true", "null", "[1]", "NaN", "Infinity",
      "01", "+1", ".5", "1.",
      "\"0x10\"", "\"1,5\""})
  void refusesWhatIsNoPlainNumber(String written) {
    assertEquals(400, refusalOf(Sum.class, "{\"amount\":" + written + "}").status());
  }

  @Test
  void readsTextsByName() throws IOException {
    assertEquals(Map.of("businessDate", "2027-02-26"),
        JsonBodyReader.readTexts(stream("{\"businessDate\":\"2027-02-26\"}")));
    assertThrows(ProblemException.class, () -> JsonBodyReader.readTexts(stream("{\"businessDate\":20270226}")));
    assertThrows(ProblemException.class, () -> JsonBodyReader.readTexts(stream("{\"a\":\"b\",\"a\":\"c\"}")));
  }

  @Test
  void namesTheElementOfAListThatIsWrong() {
    Problem problem = assertThrows(ProblemException.class,
        () -> JsonBodyReader.readList(Order.class, stream("[{\"name\":\"a\"},{\"name\":2}]"), 1_000)).problem();
    assertEquals("/1/name", problem.figures().get("path"));
  }

  private static <T extends Record> T read(Class<T> type, String body) throws IOException {
    return JsonBodyReader.read(type, stream(body));
  }

  private static Problem refusalOf(Class<? extends Record> type, String body) {
    return assertThrows(ProblemException.class, () -> read(type, body)).problem();
  }

  private static ByteArrayInputStream stream(String body) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }
}
