package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books as a whole, and what the bank says of itself. */
class BooksIT {

  private final Api auditor = Api.as("auditor");

  @Test
  void areProvenRight() {
    Api.as("teller").openWith("EUR", "10.00");
    JsonNode report = auditor.get("/api/v1/ledger/check").expect(200).body();
    assertTrue(report.path("passed").asBoolean(), report::toString);
    assertTrue(report.path("gapless").asBoolean(), report::toString);
    assertEquals(report.path("lastSeq"), report.path("entries"));
    assertTrue(report.path("watermark").asLong() <= report.path("lastSeq").asLong());
    assertEquals(0, report.path("violations").size());
    assertTrue(report.path("sums").size() >= 5, report::toString);
    report.path("sums").forEach(sum -> assertTrue(sum.path("sum").asText().matches("0(\\.0+)?"), sum::toString));
  }

  @Test
  void haveADayThatIsOpen() {
    Api.Answer days = auditor.get("/api/v1/business-date").expect(200);
    assertTrue(days.text("current").matches("\\d{4}-\\d{2}-\\d{2}"));
    assertEquals(days.text("current"), days.body().path("open").path(days.body().path("open").size() - 1).asText());
  }

  @Test
  void knowTheAssetsOfAnEmptyBank() {
    List<String> assets = new java.util.ArrayList<>();
    auditor.get("/api/v1/assets").expect(200).body().path("items")
        .forEach(asset -> assets.add(asset.path("code").asText() + asset.path("scale").asInt()));
    assertTrue(assets.containsAll(List.of("EUR2", "GBP2", "JPY0", "QXC18", "USD2")), assets::toString);
  }

  @Test
  void takeNewAssetsOfAnyScaleAndKeepAccountsInThem() {
    Api operator = Api.as("operator");
    String code = "T" + Long.toString(System.nanoTime() % 1_000_000_000L);
    Api.as("teller").post("/api/v1/assets", Map.of("code", code, "scale", 38)).expect(403);
    operator.post("/api/v1/assets", Map.of("code", code, "scale", 38)).expect(201);
    operator.post("/api/v1/assets", Map.of("code", code, "scale", 2)).expectProblem(422, "ASSET_TAKEN");
    operator.post("/api/v1/assets", Map.of("code", "lower", "scale", 2)).expectInvalid("/code");
    operator.post("/api/v1/assets", Map.of("code", "OK", "scale", 39)).expectInvalid("/scale");
    operator.post("/api/v1/assets", Map.of("code", "OK", "scale", -1)).expectInvalid("/scale");
    operator.post("/api/v1/assets", Map.of("code", "OK")).expectInvalid("/scale");
    String account = Api.as("teller").openWith(code, "0." + "9".repeat(38));
    assertEquals("0." + "9".repeat(38), auditor.get("/api/v1/accounts/" + account).expect(200).text("booked"));
    assertEquals(1, auditor.get("/api/v1/accounts/" + account + "/transfers").expect(200).body().path("items").size());
    auditor.get("/api/v1/trial-balance?asset=" + code).expect(200);
    assertTrue(auditor.get("/api/v1/ledger/check").expect(200).body().path("passed").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready"})
  void tellTheirHealthToAnyone(String kind) {
    HttpResponse<String> health =
        auditor.bank().send(HttpRequest.newBuilder(auditor.bank().at("/health/" + kind)).build());
    assertEquals(200, health.statusCode(), health::body);
    assertTrue(health.body().contains("\"status\":\"UP\""), health::body);
  }

  @Test
  void haveAYardstickThatDoesNothing() {
    assertEquals("{}", Api.as("teller").post("/api/v1/diagnostics/nothing", "{\"a\":1}").expect(200).raw().body());
  }

  @Test
  void haveNoJobsThatWereNeverHeardOf() {
    Api operator = Api.as("operator");
    operator.post("/api/v1/jobs/start-of-day", "{}").expectProblem(404, "NOT_FOUND");
    operator.post("/api/v1/jobs/end-of-day", "{}").expectProblem(400, "INVALID_REQUEST");
    operator.post("/api/v1/jobs/end-of-day", "{\"businessDate\":20270226}").expectInvalid("/businessDate");
    operator.post("/api/v1/jobs/end-of-day", "{\"businessDate\":\"2001-01-01\"}").expectProblem(409,
        "CONFLICTING_STATE");
    assertEquals(0, operator.get("/api/v1/jobs/executions/4711").expectProblem(404, "EXECUTION_NOT_FOUND").body()
        .path("id").asInt());
    operator.post("/api/v1/jobs/executions/4711/stop").expect(404);
    operator.post("/api/v1/jobs/executions/4711/restart").expect(404);
  }
}
