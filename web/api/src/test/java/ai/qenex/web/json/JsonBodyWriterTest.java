package ai.qenex.web.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonBodyWriterTest {

  record Answer(UUID id, Instant at, LocalDate date, Optional<String> there, Optional<LocalDate> absent,
      List<String> none,
      Map<String, Integer> counts) {}

  @Test
  void leavesAbsentValuesOutAndKeepsEmptyLists() throws IOException {
    var answer = new Answer(UUID.fromString("0190a000-0000-7000-8000-000000000001"),
        Instant.parse("2027-02-26T10:00:00.123456Z"),
        LocalDate.parse("2027-02-26"), Optional.of("ü\"\u0001"), Optional.empty(), List.of(), Map.of("booked", 1));
    var out = new ByteArrayOutputStream();
    new JsonBodyWriter().writeTo(answer, Answer.class, Answer.class, new Annotation[0], null, null, out);
    String expected = """
        {"id":"0190a000-0000-7000-8000-000000000001","at":"2027-02-26T10:00:00.123456Z","date":"2027-02-26",
        "there":"ü\\"\\u0001","none":[],"counts":{"booked":1}}""";
    assertEquals(expected.replace("\n", ""), out.toString(StandardCharsets.UTF_8));
  }
}
