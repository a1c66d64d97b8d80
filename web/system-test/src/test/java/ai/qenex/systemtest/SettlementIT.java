package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SettlementIT {

  private static final String OBLIGATIONS = "/api/v1/settlement/obligations";

  private final Api operator = Api.as("operator");

  @Test
  void recordsWhatOtherBanksOweEachOtherOnce() {
    String obligation =
        Api.json(List.of(Map.of("id", UUID.randomUUID().toString(), "payer", "ALPEATW0", "payee", "TULPNL20XXX",
            "amount", "1000.00", "asset", "GBP")));
    long before = obligationsIn("GBP");
    assertEquals(1, operator.post(OBLIGATIONS, obligation).expect(201).body().path("recorded").asInt());
    operator.post(OBLIGATIONS, obligation).expect(201);
    assertEquals(before + 1, obligationsIn("GBP"));
  }

  @Test
  void refusesAnotherObligationUnderAUsedKey() {
    String key = UUID.randomUUID().toString();
    String first = body("ALPEATW0", "TULPNL20", "10.00", "GBP");
    String id =
        operator.post(OBLIGATIONS, first, "Idempotency-Key", key).expect(201).body().path("ids").get(0).asText();
    assertEquals(id,
        operator.post(OBLIGATIONS, first, "Idempotency-Key", key).expect(201).body().path("ids").get(0).asText());
    operator.post(OBLIGATIONS, body("ALPEATW0", "TULPNL20", "11.00", "GBP"), "Idempotency-Key", key)
        .expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void recordsNothingUnderTheIdThatAPaymentMayHave() {
    String id = UUID.randomUUID().toString();
    String obligation = Api.json(List.of(
        Map.of("id", id, "payer", "ALPEATW0", "payee", "TULPNL20", "amount", "10.00", "asset", "GBP")));
    String recorded = operator.post(OBLIGATIONS, obligation).expect(201).body().path("ids").get(0).asText();
    assertNotEquals(id, recorded);
  }

  @Test
  void refusesWhatCannotBeAnObligation() {
    operator.post(OBLIGATIONS, "[]").expectInvalid("");
    operator.post(OBLIGATIONS, body("ALPEATW0", "ALPEATW0XXX", "1.00", "EUR")).expectInvalid("/0");
    operator.post(OBLIGATIONS, body("ALPE", "TULPNL20", "1.00", "EUR")).expectInvalid("/0/payer");
    operator.post(OBLIGATIONS, body("ALPEATW0", "TULPNL20", "0.001", "EUR")).expectInvalid("/0/amount");
    operator.post(OBLIGATIONS, body("ALPEATW0", "TULPNL20", "1.00", "XAU")).expectProblem(422, "ASSET_NOT_FOUND");
    operator.post(OBLIGATIONS, body("QENXDEFF", "TULPNL20", "1.00", "EUR")).expectProblem(422, "OWN_OBLIGATION");
    operator.post(OBLIGATIONS, "[null]").expect(400);
  }

  @Test
  void findsNoMessageThatWasNeverWritten() {
    operator.get("/api/v1/settlement/messages/NONE").expectProblem(404, "MESSAGE_NOT_FOUND");
    operator.get("/api/v1/settlement/cycles?businessDate=2001-01-01").expect(200);
    operator.get("/api/v1/settlement/cycles?businessDate=someday").expectInvalid("businessDate");
  }

  private long obligationsIn(String asset) {
    for (JsonNode cycle : operator.get("/api/v1/settlement/cycles").expect(200).body().path("items")) {
      if (cycle.path("asset").asText().equals(asset)) {
        assertTrue(cycle.path("status").asText().equals("open"), cycle::toString);
        return cycle.path("obligations").asLong();
      }
    }
    return 0;
  }

  private static String body(String payer, String payee, String amount, String asset) {
    return Api.json(List.of(Map.of("payer", payer, "payee", payee, "amount", amount, "asset", asset)));
  }
}
