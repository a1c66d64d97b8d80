package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FX-1 over HTTP: conversions of either side, what rounding leaves, repetitions, and bodies that nobody should send.
 */
class ConversionsIT {

  private static final String CONVERSIONS = "/api/v1/conversions";

  private final Api teller = Api.as("teller");
  private final String pounds = teller.openWith("GBP", "1000.00");
  private final String yen = teller.open("JPY", "current").path("id").asText();

  private Map<String, Object> conversion(String sell, String buy, String rate) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sell", sell == null ? Map.of("account", pounds) : Map.of("account", pounds, "amount", sell));
    body.put("buy", buy == null ? Map.of("account", yen) : Map.of("account", yen, "amount", buy));
    body.put("rate", rate);
    return body;
  }

  private static String part(JsonNode answer, String name) {
    return answer.path(name).path("amount").asText() + " " + answer.path(name).path("asset").asText();
  }

  @Test
  void convertsWhatIsSoldAndTellsMarginAndResidue() {
    Map<String, Object> body = conversion("10.01", null, "187.123456789012345678");
    body.put("spread", "1.5%");
    JsonNode answer = teller.post(CONVERSIONS, body).expect(201).body();
    // 1873.105802...: 1845.009215 for the customer, 28.096587 for the bank
    assertEquals(List.of("10.01 GBP", "1845 JPY", "28 JPY", "0 JPY"), List.of(part(answer, "sell"),
        part(answer, "buy"), part(answer, "margin"), part(answer, "residue")));
    assertEquals(List.of("989.99", "1845"), List.of(teller.booked(pounds), teller.booked(yen)));
    assertEquals(answer.path("id"), answer.path("transfers").get(0).path("id"));
    assertEquals(3, answer.path("transfers").size());
  }

  @Test
  void convertsWhatIsBought() {
    Map<String, Object> body = conversion(null, "10000", "187.5");
    body.put("spread", "1/100");
    JsonNode answer = teller.post(CONVERSIONS, body).expect(201).body();
    // 53.3333 at the rate, 53.8720 with the spread
    assertEquals(List.of("53.88 GBP", "10000 JPY", "0.53 GBP", "0.02 GBP"), List.of(part(answer, "sell"),
        part(answer, "buy"), part(answer, "margin"), part(answer, "residue")));
    body.put("rounding", "half-even");
    assertEquals("53.87 GBP", part(teller.post(CONVERSIONS, body).expect(201).body(), "sell"));
  }

  @Test
  void neverPaysForSplitting() {
    Map<String, Object> whole = conversion("0.30", null, "9.9");
    assertEquals("2 JPY", part(teller.post(CONVERSIONS, whole).expect(201).body(), "buy"));
    Map<String, Object> piece = conversion("0.10", null, "9.9");
    for (int i = 0; i < 3; i++) {
      Api.Answer no = teller.post(CONVERSIONS, piece).expectProblem(422, "CONVERTS_TO_NOTHING");
      assertEquals(List.of("0.10 GBP", "0 JPY"), List.of(no.text("sell"), no.text("buy")));
    }
  }

  @Test
  void answersTheSameIdAlikeAndRefusesItForAnotherRate() {
    String id = UUID.randomUUID().toString();
    Api.Answer first = teller.post(CONVERSIONS, conversion("1.00", null, "190"), "Idempotency-Key", id).expect(201);
    Api.Answer again = teller.post(CONVERSIONS, conversion("1.00", null, "190.0"), "Idempotency-Key", id).expect(201);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotency-Replayed"));
    for (Map<String, Object> other : List.of(conversion("1.00", null, "190.1"), conversion("1.01", null, "190"),
        conversion(null, "190", "190"))) {
      teller.post(CONVERSIONS, other, "Idempotency-Key", id).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    }
    assertEquals("999.00", teller.booked(pounds));
  }

  @Test
  void refusesAsAWholeWithTheFiguresOfBothSides() {
    Api.Answer no = teller.post(CONVERSIONS, conversion("1000.01", null, "190"))
        .expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    assertEquals(List.of("1000.01 GBP", "190001 JPY", "1000.00"),
        List.of(no.text("sell"), no.text("buy"), no.text("available")));
    Api.as("operator").post("/api/v1/accounts/" + yen + "/freeze").expect(200);
    no = teller.post(CONVERSIONS, conversion("1.00", null, "190")).expectProblem(422, "ACCOUNT_FROZEN");
    assertEquals(yen, no.text("account"));
    assertEquals("1000.00", teller.booked(pounds));
  }

  @Test
  void keepsThePositionAccountsFromTellers() {
    teller.post(CONVERSIONS, conversion("1.00", null, "190")).expect(201);
    teller.transfer("position.GBP", pounds, "1.00", "GBP").expectProblem(422, "ACCOUNT_RESERVED");
    teller.post("/api/v1/accounts/rounding.JPY/sweep", Map.of("to", yen)).expectProblem(422, "ACCOUNT_RESERVED");
    Api.as("operator").post("/api/v1/accounts",
        Map.of("asset", "GBP", "owner", "Bank", "product", "internal", "alias", "position.JPY.x"))
        .expectProblem(422, "ALIAS_RESERVED");
    assertTrue(teller.get("/api/v1/ledger/check").expect(200).body().path("passed").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({"rate, 0, /rate", "rate, -1, /rate", "rate, 1e3, /rate", "rate, 1.0000000000000000001, /rate",
      "rate, '1,5', /rate", "spread, 100%, /spread", "spread, 0%, /spread", "spread, 0.5, /spread",
      "rounding, bankers, /rounding", "reference, '', /reference", "valueDate, today, /valueDate", "more, x, /more"})
  void refusesABodyAtItsPath(String member, String value, String path) {
    Map<String, Object> body = conversion("1.00", null, "190");
    body.put(member, value);
    teller.post(CONVERSIONS, body).expectInvalid(path);
  }

  @Test
  void refusesSidesThatDoNotFit() {
    teller.post(CONVERSIONS, conversion(null, null, "190")).expectInvalid("/buy/amount");
    teller.post(CONVERSIONS, conversion("1.00", "190", "190")).expectInvalid("/buy/amount");
    teller.post(CONVERSIONS, conversion("1.001", null, "190")).expectInvalid("/sell/amount");
    teller.post(CONVERSIONS, conversion(null, "0.5", "190")).expectInvalid("/buy/amount");
    Map<String, Object> same = conversion("1.00", null, "1");
    same.put("buy", Map.of("account", teller.open("GBP", "current").path("id").asText()));
    teller.post(CONVERSIONS, same).expectProblem(422, "SAME_ASSET");
    same.put("buy", Map.of("account", "nobody"));
    assertEquals("/buy/account", teller.post(CONVERSIONS, same).expectProblem(404, "ACCOUNT_NOT_FOUND").text("path"));
  }
}
