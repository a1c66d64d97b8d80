package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LEDGER-4 over HTTP: what an account takes in each state of its life, and who brought it there. */
class AccountLifeIT {

  private final Api operator = Api.as("operator");
  private final String ada = operator.openWith("EUR", "100.00");
  private final String bob = operator.openWith("EUR", "100.00");

  private Api.Answer turn(String change, Map<String, ?> body) {
    return operator.post("/api/v1/accounts/" + ada + "/" + change, body);
  }

  private void assertTakes(int debit, int credit) {
    assertEquals(debit, operator.transfer(ada, bob, "1.00", "EUR").status());
    assertEquals(credit, operator.transfer(bob, ada, "1.00", "EUR").status());
  }

  @ParameterizedTest
  @CsvSource({"freeze,debits,debits_frozen,422,201", "freeze,credits,credits_frozen,201,422",
      "freeze,both,frozen,422,422"})
  void freezesASideAndOpensItAgain(String change, String side, String status, int debit, int credit) {
    assertEquals(status, turn(change, Map.of("side", side)).expect(200).text("status"));
    assertTakes(debit, credit);
    turn(change, Map.of("side", side)).expectProblem(422, "ACCOUNT_STATE_FORBIDS");
    assertEquals("open", turn("unfreeze", Map.of()).expect(200).text("status"));
    assertTakes(201, 201);
    turn("unfreeze", Map.of()).expectProblem(422, "ACCOUNT_STATE_FORBIDS");
  }

  @Test
  void freezesOneSideAfterTheOther() {
    turn("freeze", Map.of("side", "debits")).expect(200);
    assertEquals("frozen", turn("freeze", Map.of("side", "credits")).expect(200).text("status"));
    assertTakes(422, 422);
    turn("freeze", Map.of("side", "left")).expectInvalid("/side");
  }

  @Test
  void restsUntilAnOperatorReactivatesIt() {
    assertEquals("dormant", turn("dormant", Map.of()).expect(200).text("status"));
    operator.transfer(ada, bob, "1.00", "EUR").expectProblem(422, "ACCOUNT_DORMANT");
    operator.transfer(bob, ada, "1.00", "EUR").expect(201);
    operator.post("/api/v1/holds", Map.of("account", ada, "amount", "1.00", "asset", "EUR"))
        .expectProblem(422, "ACCOUNT_DORMANT");
    turn("dormant", Map.of()).expectProblem(422, "ACCOUNT_STATE_FORBIDS");
    assertEquals("open", turn("reactivate", Map.of()).expect(200).text("status"));
    assertTakes(201, 201);
    turn("reactivate", Map.of()).expectProblem(422, "ACCOUNT_STATE_FORBIDS");
  }

  @Test
  void closesOnlyEmptyAndWithoutHolds() {
    assertEquals("100.00", turn("close", Map.of()).expectProblem(422, "ACCOUNT_NOT_EMPTY").text("booked"));
    turn("limit", Map.of("limit", "10.00")).expect(200);
    operator.transfer(ada, bob, "100.00", "EUR").expect(201);
    String hold = operator.post("/api/v1/holds", Map.of("account", ada, "amount", "5.00", "asset", "EUR")).expect(201)
        .text("id");
    assertEquals("5.00", turn("close", Map.of()).expectProblem(422, "ACCOUNT_HAS_HOLDS").text("held"));
    operator.post("/api/v1/holds/" + hold + "/release").expect(200);
    assertEquals("closed", turn("close", Map.of()).expect(200).text("status"));
    operator.transfer(bob, ada, "1.00", "EUR").expectProblem(422, "ACCOUNT_CLOSED");
    turn("reactivate", Map.of()).expectProblem(422, "ACCOUNT_STATE_FORBIDS");
  }

  @Test
  void keepsAHoldThroughAFreezeAndCapturesItAfterwards() {
    String hold = operator.post("/api/v1/holds",
        Map.of("account", ada, "amount", "5.00", "asset", "EUR", "beneficiary", bob)).expect(201).text("id");
    String spare = operator.post("/api/v1/holds", Map.of("account", ada, "amount", "7.00", "asset", "EUR")).expect(201)
        .text("id");
    turn("freeze", Map.of("side", "debits")).expect(200);
    operator.post("/api/v1/holds/" + hold + "/capture").expectProblem(422, "ACCOUNT_FROZEN");
    operator.post("/api/v1/holds/" + spare + "/release").expect(200);
    turn("unfreeze", Map.of()).expect(200);
    operator.post("/api/v1/holds/" + hold + "/capture").expect(201);
    assertEquals("95.00", operator.booked(ada));
  }

  @Test
  void tellsWhoChangedWhatAndWhy() {
    turn("freeze", Map.of("side", "debits", "reason", "Court order 12/27")).expect(200);
    turn("unfreeze", Map.of()).expect(200);
    turn("limit", Map.of("limit", "20.00", "reason", "Asked for by letter")).expect(200);
    var seen = new ArrayList<String>();
    for (JsonNode change : Api.as("auditor").get("/api/v1/accounts/" + ada + "/changes").expect(200).body()
        .path("items")) {
      seen.add(change.path("status").asText() + " " + change.path("overdraftLimit").asText() + " "
          + change.path("by").asText("nobody") + " " + change.path("reason").asText("-"));
    }
    assertEquals(List.of("open 20.00 demo-operator Asked for by letter", "open 0.00 demo-operator -",
        "debits_frozen 0.00 demo-operator Court order 12/27", "open 0.00 demo-operator -"), seen);
    turn("freeze", Map.of("reason", "x".repeat(281))).expectInvalid("/reason");
    turn("freeze", Map.of("why", "x")).expectInvalid("/why");
  }

  @Test
  void answersARepeatedKeyAsTheFirstTime() {
    String path = "/api/v1/accounts/" + ada + "/freeze";
    String key = Api.unique("freeze");
    operator.post(path, Map.of("side", "debits"), "Idempotency-Key", key).expect(200);
    operator.post(path, Map.of("side", "debits"), "Idempotency-Key", key).expect(200);
    operator.post(path, Map.of("side", "credits"), "Idempotency-Key", key)
        .expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
  }
}
