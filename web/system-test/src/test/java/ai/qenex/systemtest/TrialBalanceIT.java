package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BOOKS-1 over HTTP: trial balances, the chart of accounts and its sums. */
class TrialBalanceIT {

  private static final String CHART = "/api/v1/chart-of-accounts";

  private final Api teller = Api.as("teller");
  private final Api operator = Api.as("operator");
  private final Api auditor = Api.as("auditor");

  private JsonNode trialBalance(String asset) {
    return auditor.get("/api/v1/trial-balance?asset=" + asset).expect(200).body();
  }

  private static BigDecimal figure(JsonNode balance, String code, String name) {
    return StreamSupport.stream(balance.path("items").spliterator(), false)
        .filter(line -> line.path("glCode").asText().equals(code))
        .map(line -> new BigDecimal(line.path(name).asText())).findFirst().orElse(BigDecimal.ZERO);
  }

  /** A code of digits that no other test has. */
  private static String uniqueCode(String prefix) {
    return prefix + Long.toString(System.nanoTime() % 100_000_000);
  }

  @Test
  void movesTheLinesOfBothSidesAndSumsToZero() {
    String code = uniqueCode("13");
    operator.post(CHART, Map.of("code", code, "name", "Test gold", "normalSide", "debit", "parent", "19"))
        .expect(201);
    String gold = operator.post("/api/v1/accounts", Map.of("asset", "GBP", "owner", "Bank", "product", "internal",
        "alias", "gl." + code + ".GBP")).expect(201).text("id");
    String saver = teller.open("GBP", "savings").path("id").asText();
    operator.transfer(gold, saver, "12.34", "GBP").expect(201);
    operator.transfer(saver, gold, "2.00", "GBP").expect(201);
    JsonNode balance = trialBalance("GBP");
    assertEquals("open", balance.path("status").asText());
    assertEquals(new BigDecimal("12.34"), figure(balance, code, "debits"));
    assertEquals(new BigDecimal("2.00"), figure(balance, code, "credits"));
    assertEquals(new BigDecimal("-10.34"), figure(balance, code, "closing"));
    assertTrue(figure(balance, "2020", "closing").compareTo(new BigDecimal("10.34")) >= 0);
    JsonNode totals = balance.path("totals");
    assertEquals("0.00", totals.path("opening").asText());
    assertEquals("0.00", totals.path("closing").asText());
    assertEquals(totals.path("debits"), totals.path("credits"));
    JsonNode line = auditor.get(CHART + "/" + code + "/balance?asset=GBP").expect(200).body();
    assertEquals("-10.34", line.path("booked").asText());
    assertEquals("10.34", line.path("balance").asText());
    JsonNode above = auditor.get(CHART + "/19/balance?asset=GBP").expect(200).body();
    assertTrue(StreamSupport.stream(above.path("below").spliterator(), false)
        .anyMatch(below -> below.path("code").asText().equals(code) && below.path("booked").asText().equals("-10.34")),
        above::toString);
  }

  @Test
  void tellsTheDayAskedForAndNoneThatNeverWas() {
    String today = auditor.get("/api/v1/business-date").expect(200).text("current");
    assertEquals(today,
        auditor.get("/api/v1/trial-balance?asset=EUR&businessDate=" + today).expect(200).text("businessDate"));
    auditor.get("/api/v1/trial-balance?asset=EUR&businessDate=1999-01-04").expectProblem(404, "NOT_FOUND");
    auditor.get("/api/v1/trial-balance?asset=EUR&businessDate=monday").expectInvalid("businessDate");
    auditor.get("/api/v1/trial-balance").expectInvalid("asset");
    auditor.get("/api/v1/trial-balance?asset=NIX").expectProblem(422, "ASSET_NOT_FOUND");
    auditor.get(CHART + "/2/balance?asset=EUR&businessDate=" + today).expect(200);
    auditor.get(CHART + "/999999999999/balance?asset=EUR").expectProblem(404, "NOT_FOUND");
  }

  @Test
  void letsOnlyOperatorsChangeTheChartAndNeverIntoACircle() {
    String code = uniqueCode("14");
    Map<String, String> line = Map.of("code", code, "name", "Silver", "normalSide", "debit", "parent", "1");
    teller.post(CHART, line).expect(403);
    operator.post(CHART, line).expect(201);
    operator.post(CHART, line).expectProblem(409, "CONFLICTING_STATE");
    operator.post(CHART + "/" + code, Map.of("name", "Silver bars", "normalSide", "debit", "parent", "19"))
        .expect(200);
    operator.post(CHART + "/" + code, Map.of("name", "Silver", "normalSide", "debit", "parent", code))
        .expectProblem(409, "CONFLICTING_STATE");
    operator.post(CHART + "/" + uniqueCode("15"), Map.of("name", "None", "normalSide", "debit"))
        .expectProblem(404, "NOT_FOUND");
    assertTrue(StreamSupport.stream(auditor.get(CHART).expect(200).body().path("items").spliterator(), false)
        .anyMatch(found -> found.path("code").asText().equals(code)
            && found.path("name").asText().equals("Silver bars") && found.path("parent").asText().equals("19")));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "/code {\"code\":\"12a\",\"name\":\"X\",\"normalSide\":\"debit\"}",
      "/code {\"code\":\"1234567890123\",\"name\":\"X\",\"normalSide\":\"debit\"}",
      "/code {\"name\":\"X\",\"normalSide\":\"debit\"}",
      "/name {\"code\":\"77\",\"name\":\" \",\"normalSide\":\"debit\"}",
      "/name {\"code\":\"77\",\"normalSide\":\"debit\"}",
      "/normalSide {\"code\":\"77\",\"name\":\"X\",\"normalSide\":\"left\"}",
      "/parent {\"code\":\"77\",\"name\":\"X\",\"normalSide\":\"debit\",\"parent\":\"; drop\"}",
      "/more {\"code\":\"77\",\"name\":\"X\",\"normalSide\":\"debit\",\"more\":1}"})
  void refusesALineAtItsPath(String pathAndBody) {
    int space = pathAndBody.indexOf(' ');
    operator.post(CHART, pathAndBody.substring(space + 1)).expectInvalid(pathAndBody.substring(0, space));
  }
}
