package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** REVERSAL-1 over HTTP: a transfer is undone once, and both say so. */
class ReversalIT {

  private final Api operator = Api.as("operator");
  private final String ada = operator.openWith("EUR", "100.00");
  private final String bob = operator.open("EUR", "current").path("id").asText();

  private String pay(String amount) {
    return operator.transfer(ada, bob, amount, "EUR").expect(201).text("id");
  }

  private static String reversalOf(String id) {
    return "/api/v1/transfers/" + id + "/reversal";
  }

  @Test
  void undoesATransferAndLinksBoth() {
    String paid = pay("30.00");
    Api.Answer undo = operator.post(reversalOf(paid), Map.of("reference", "Entered twice")).expect(201);
    assertEquals(List.of(bob, ada, "30.00", paid, "Entered twice"), List.of(undo.text("debit"), undo.text("credit"),
        undo.text("amount"), undo.text("reverses"), undo.text("reference")));
    assertEquals(undo.text("id"), operator.get("/api/v1/transfers/" + paid).expect(200).text("reversedBy"));
    assertEquals(undo.body(), operator.get("/api/v1/transfers/" + undo.text("id")).expect(200).body());
    JsonNode newest = operator.get("/api/v1/accounts/" + bob + "/transfers?limit=2").expect(200).body().path("items");
    assertEquals(paid, newest.path(0).path("reverses").asText());
    assertEquals(undo.text("id"), newest.path(1).path("reversedBy").asText());
    assertFalse(newest.path(0).has("reversedBy"));
    assertEquals("100.00", operator.booked(ada));
  }

  @Test
  void undoesItOnceWhateverTheKey() {
    String paid = pay("30.00");
    String key = UUID.randomUUID().toString();
    Api.Answer first = operator.post(reversalOf(paid), Map.of(), "Idempotency-Key", key).expect(201);
    Api.Answer again = operator.post(reversalOf(paid), Map.of(), "Idempotency-Key", key).expect(201);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotency-Replayed"));
    Api.Answer second = operator.post(reversalOf(paid)).expectProblem(422, "TRANSFER_ALREADY_REVERSED");
    assertEquals(List.of(paid, key), List.of(second.text("transfer"), second.text("reversal")));
    operator.post(reversalOf(key)).expectProblem(422, "REVERSAL_NOT_REVERSIBLE");
    assertEquals("100.00", operator.booked(ada));
  }

  @Test
  void isJudgedAsAnyTransfer() {
    String paid = pay("30.00");
    operator.transfer(bob, ada, "0.01", "EUR").expect(201);
    Api.Answer spent = operator.post(reversalOf(paid)).expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    assertEquals(List.of("29.99", "30.00"), List.of(spent.text("available"), spent.text("requested")));
    operator.transfer(ada, bob, "0.01", "EUR").expect(201);
    operator.post("/api/v1/accounts/" + ada + "/freeze", Map.of("side", "credits")).expect(200);
    assertEquals(ada, operator.post(reversalOf(paid)).expectProblem(422, "ACCOUNT_FROZEN").text("account"));
    operator.post("/api/v1/accounts/" + ada + "/unfreeze").expect(200);
    operator.post(reversalOf(paid)).expect(201);
  }

  @Test
  void undoesNothingThatWasNotPosted() {
    String refused = UUID.randomUUID().toString();
    Map<String, String> order = Api.order(ada, bob, "1000.00", "EUR");
    order.put("id", refused);
    operator.post("/api/v1/transfers", order).expect(422);
    operator.post(reversalOf(refused)).expectProblem(404, "TRANSFER_NOT_FOUND");
    operator.post(reversalOf(UUID.randomUUID().toString())).expectProblem(404, "TRANSFER_NOT_FOUND");
    operator.post(reversalOf("x")).expectProblem(404, "TRANSFER_NOT_FOUND");
    operator.post(reversalOf(pay("1.00")), Map.of("valueDate", "yesterday")).expectInvalid("/valueDate");
  }

  @Test
  void undoesACaptureWithoutOpeningItsHold() {
    Map<String, Object> wanted = Map.of("account", ada, "amount", "20.00", "asset", "EUR", "beneficiary", bob);
    String hold = operator.post("/api/v1/holds", wanted).expect(201).text("id");
    String captured = operator.post("/api/v1/holds/" + hold + "/capture").expect(201).text("id");
    operator.post(reversalOf(captured)).expect(201);
    assertEquals("captured", operator.get("/api/v1/holds/" + hold).expect(200).text("status"));
    assertEquals("100.00", operator.get("/api/v1/accounts/" + ada).expect(200).text("available"));
  }
}
