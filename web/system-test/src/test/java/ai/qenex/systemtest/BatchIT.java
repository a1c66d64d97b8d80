package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchIT {

  private static final String BATCH = "/api/v1/transfers/batch";
  private static final String NDJSON = "application/x-ndjson";

  private final Api teller = Api.as("teller");
  private final String debit = teller.openWith("EUR", "1000.00");
  private final String credit = teller.open("EUR", "current").path("id").asText();

  @Test
  void answersAHundredItemsInOrder() {
    List<Map<String, String>> items =
        IntStream.range(0, 100).mapToObj(i -> order(i % 10 == 3 ? "5000" : "1.00")).toList();
    JsonNode results = teller.post(BATCH, Api.json(items)).expect(200).body();
    assertEquals(100, results.size());
    long seq = 0;
    for (int i = 0; i < 100; i++) {
      JsonNode result = results.get(i);
      assertEquals(items.get(i).get("id"), result.path("id").asText());
      if (i % 10 == 3) {
        assertEquals("refused EXCEEDS_AVAILABLE_BALANCE",
            result.path("status").asText() + " " + result.path("code").asText());
      } else {
        assertEquals("posted", result.path("status").asText());
        assertTrue(result.path("seq").asLong() > seq);
        seq = result.path("seq").asLong();
      }
    }
    assertEquals("910.00", teller.booked(debit));
    assertEquals(results, teller.post(BATCH, Api.json(items)).expect(200).body());
    assertEquals("910.00", teller.booked(debit));
  }

  @Test
  void takesNothingOfAnArrayInWhichAnythingIsMalformed() {
    List<Map<String, String>> items = new ArrayList<>(Collections.nCopies(20, order("1.00")));
    items.set(17, Api.order(debit, credit, "1.001", "EUR"));
    teller.post(BATCH, Api.json(items)).expectInvalid("/17/amount");
    teller.post(BATCH, "[" + Api.json(order("1.00")) + ",{\"debit\":1}]").expectInvalid("/1/debit");
    teller.post(BATCH, "[" + Api.json(order("1.00")) + ",").expectProblem(400, "INVALID_REQUEST");
    teller.post(BATCH, "{}").expectInvalid("");
    assertEquals("1000.00", teller.booked(debit));
  }

  @Test
  void tellsItemsThatNameNothingFromThoseThatAreFine() {
    JsonNode results = teller.post(BATCH, Api.json(List.of(order("1.00"), Api.order(debit, "nobody", "1.00", "EUR"),
        Api.order(debit, credit, "1.00", "XAU"), order("2.00")))).expect(200).body();
    assertEquals(List.of("posted", "ACCOUNT_NOT_FOUND", "ASSET_NOT_FOUND", "posted"), codes(results));
    assertEquals("997.00", teller.booked(debit));
  }

  @Test
  void derivesIdsFromTheKeyOfTheWhole() {
    String body = Api.json(List.of(Api.order(debit, credit, "1.00", "EUR"), Api.order(debit, credit, "2.00", "EUR")));
    String key = Api.unique("batch");
    JsonNode first = teller.post(BATCH, body, "Idempotency-Key", key).expect(200).body();
    assertEquals(first, teller.post(BATCH, body, "Idempotency-Key", key).expect(200).body());
    assertEquals("997.00", teller.booked(debit));
  }

  @Test
  void postsAllOrNone() {
    List<Map<String, String>> items = List.of(order("600.00"), order("300.00"), order("100.01"));
    JsonNode refused = teller.post(BATCH + "?atomic=true", Api.json(items)).expect(200).body();
    assertEquals(List.of("LINKED_TRANSFER_REFUSED", "LINKED_TRANSFER_REFUSED", "EXCEEDS_AVAILABLE_BALANCE"),
        codes(refused));
    assertEquals("1000.00", teller.booked(debit));
    List<Map<String, String>> fitting = List.of(order("600.00"), order("300.00"), order("100.00"));
    assertEquals(List.of("posted", "posted", "posted"),
        codes(teller.post(BATCH + "?atomic=true", Api.json(fitting)).expect(200).body()));
    assertEquals("0.00", teller.booked(debit));
    assertEquals(refused, teller.post(BATCH + "?atomic=true", Api.json(items)).expect(200).body());
  }

  @Test
  void refusesAGroupThatCannotBeOne() {
    Map<String, String> twice = order("1.00");
    teller.post(BATCH + "?atomic=true", Api.json(List.of(twice, twice))).expectInvalid("/1/id");
    teller.post(BATCH + "?atomic=perhaps", "[]").expectInvalid("atomic");
    assertEquals(List.of("LINKED_TRANSFER_REFUSED", "ACCOUNT_NOT_FOUND"), codes(teller.post(BATCH + "?atomic=true",
        Api.json(List.of(order("1.00"), Api.order(debit, "nobody", "1.00", "EUR")))).expect(200).body()));
    assertEquals("[]", teller.post(BATCH + "?atomic=true", "[]").expect(200).raw().body());
    assertEquals("1000.00", teller.booked(debit));
  }

  @Test
  void limitsItemsAndBytesOfAnArray() {
    String item = Api.json(Api.order("a", "b", "1", "EUR"));
    String many = IntStream.range(0, 10_001).mapToObj(i -> item).collect(Collectors.joining(",", "[", "]"));
    teller.post(BATCH, many).expectInvalid("");
    assertEquals(413, teller.post(BATCH, "[" + " ".repeat(5 << 20) + "]").status());
    teller.post(BATCH, "[]").expect(200);
  }

  @Test
  void worksThroughLinesAndRefusesThoseThatAreNone() {
    String body = String.join("\n", Api.json(order("1.00")), "", "{\"debit\":", "not json", Api.json(order("2.00")),
        "{\"x\":\"" + "y".repeat(20_000) + "\"}", Api.json(order("3.00")));
    Api.Answer answer = teller.postAs(NDJSON, BATCH, body).expect(200);
    assertEquals(NDJSON, answer.header("Content-Type"));
    assertEquals(List.of("posted", "INVALID_REQUEST", "INVALID_REQUEST", "posted", "INVALID_REQUEST", "posted"),
        codes(lines(answer)));
    assertEquals("994.00", teller.booked(debit));
    teller.postAs(NDJSON, BATCH + "?atomic=true", body).expectProblem(400, "INVALID_REQUEST");
    assertEquals("", teller.postAs(NDJSON, BATCH, "\n \n").expect(200).raw().body());
  }

  @Test
  void worksThroughMoreLinesThanAnArrayMayHave() {
    Map<String, String> order = Api.order(debit, credit, "0.01", "EUR");
    String body = (Api.json(order) + "\n").repeat(12_345);
    List<JsonNode> results = lines(teller.postAs(NDJSON, BATCH, body).expect(200));
    assertEquals(12_345, results.stream().filter(result -> result.path("status").asText().equals("posted")).count());
    assertEquals("876.55", teller.booked(debit));
  }

  private Map<String, String> order(String amount) {
    Map<String, String> order = Api.order(debit, credit, amount, "EUR");
    order.put("id", UUID.randomUUID().toString());
    return order;
  }

  private static List<JsonNode> lines(Api.Answer answer) {
    return Arrays.stream(answer.raw().body().split("\n")).map(line -> {
      try {
        return Api.JSON.readTree(line);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new AssertionError(line, e);
      }
    }).toList();
  }

  private static List<String> codes(Iterable<JsonNode> results) {
    List<String> codes = new ArrayList<>();
    results.forEach(result -> codes.add(result.path("code").asText(result.path("status").asText())));
    return codes;
  }
}
