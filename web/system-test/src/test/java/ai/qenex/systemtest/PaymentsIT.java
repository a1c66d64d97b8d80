package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PaymentsIT {

  private static final String FILES = "/api/v1/payment-files";
  private static final String PAYMENTS = "/api/v1/payments";
  private static final String XML = "application/xml";
  private static final String FOREIGN_IBAN = "AT859999088197369935";
  private static final String FOREIGN_BIC = "ALPEATW0";
  private static final long DEADLINE_NANOS = Duration.ofSeconds(60).toNanos();

  private final Api teller = Api.as("teller");
  private final String debtor = teller.openWith("EUR", "100.00");
  private final String debtorIban = teller.get("/api/v1/accounts/" + debtor).text("iban");
  private final JsonNode creditor = teller.open("EUR", "current");
  private final String creditorIban = creditor.path("iban").asText();
  private final String today = teller.get("/api/v1/business-date").text("current");

  @Test
  void booksAFileAndAnswersTheSameForTheSameFile() {
    String name = Api.unique("F");
    String xml = new PaymentFile(name, debtorIban).pay(creditorIban, "10.00", name + "-1")
        .pay(FOREIGN_IBAN, FOREIGN_BIC, "20.00", name + "-2").xml(today);
    Api.Answer taken = teller.postAs(XML, FILES, xml).expect(202);
    assertEquals("received", taken.text("status"));
    assertEquals(List.of(1, 2), List.of(taken.body().path("groups").asInt(), taken.body().path("payments").asInt()));
    JsonNode finished = awaitFinished(taken.text("id"));
    assertEquals(Map.of("booked", 1, "clearing", 1), counts(finished));
    assertEquals("70.00", teller.booked(debtor));
    assertEquals("10.00", teller.booked(creditor.path("id").asText()));
    assertEquals(taken.body(), teller.postAs(XML, FILES, xml).expect(202).body());
    assertEquals("70.00", teller.booked(debtor));
    Api.Answer report = teller.get(FILES + "/" + taken.text("id") + "/status-report").expect(200);
    assertTrue(report.raw().body().contains("pain.002.001.10") && report.raw().body().contains(name + "-2"),
        report.raw().body());
  }

  @Test
  void booksTheGoodPaymentsOfAFileAndNamesTheReasonsOfTheOthers() {
    String name = Api.unique("M");
    String broken =
        creditorIban.substring(0, 2) + (creditorIban.startsWith("00", 2) ? "01" : "00") + creditorIban.substring(4);
    String xml =
        new PaymentFile(name, debtorIban).pay(creditorIban, "10.00", name + "-1").pay(broken, "1.00", name + "-2")
            .pay(creditorIban, "500.00", name + "-3").pay(debtorIban, "1.00", name + "-4").xml(today);
    String id = teller.postAs(XML, FILES, xml).expect(202).text("id");
    assertEquals(Map.of("booked", 1, "rejected", 3), counts(awaitFinished(id)));
    String report = teller.get(FILES + "/" + id + "/status-report").expect(200).raw().body();
    for (String reason : List.of("AC01", "AM04", "AG01")) {
      assertTrue(report.contains(reason), () -> reason + " in " + report);
    }
    assertEquals("90.00", teller.booked(debtor));
  }

  @Test
  void refusesWhatIsNoPaymentFile() {
    for (String xml : List.of("", "x", "<a/>", "<Document", "{}",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        new PaymentFile("X", debtorIban).pay(creditorIban, "1.00", "E").xml(today).replace("TRF", "CASH"))) {
      Api.Answer refused = teller.postAs(XML, FILES, xml).expectProblem(400, "INVALID_REQUEST");
      assertTrue(refused.body().path("faults").size() > 0, refused.raw()::body);
    }
    teller.get(FILES + "/" + UUID.randomUUID()).expectProblem(404, "PAYMENT_FILE_NOT_FOUND");
    assertEquals(404, teller.get(FILES + "/" + UUID.randomUUID() + "/status-report").status());
  }

  @Test
  void booksASinglePaymentOnce() {
    Map<String, String> order = order(creditorIban, "5.00");
    Api.Answer first = teller.post(PAYMENTS, order).expect(201);
    assertEquals("booked", first.text("status"));
    assertEquals(first.text("transferId"),
        teller.get("/api/v1/transfers/" + first.text("transferId")).expect(200).text("id"));
    assertEquals(first.text("id"), teller.post(PAYMENTS, order).expect(201).text("id"));
    assertEquals("95.00", teller.booked(debtor));
    Api.Answer life = teller.get(PAYMENTS + "/" + order.get("id")).expect(200);
    assertTrue(life.body().path("history").size() >= 1, life.raw()::body);
    order.put("amount", "6.00");
    teller.post(PAYMENTS, order).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void owesPaymentsToOtherBanksInTheDaysCycle() {
    Map<String, String> order = order(FOREIGN_IBAN, "5.00");
    order.put("creditorAgent", FOREIGN_BIC);
    order.put("creditorName", "Inntal Werkzeuge GmbH");
    assertEquals("clearing", teller.post(PAYMENTS, order).expect(201).text("status"));
    assertEquals("95.00", teller.booked(debtor));
  }

  @Test
  void rejectsWithTheReasonOfIso20022() {
    Map<String, String> order = order(creditorIban, "500.00");
    Api.Answer rejected = teller.post(PAYMENTS, order).expectProblem(422, "AM04");
    assertEquals(order.get("id"), rejected.text("id"));
    assertEquals("rejected", teller.get(PAYMENTS + "/" + order.get("id")).expect(200).text("status"));
    teller.post(PAYMENTS, order(debtorIban, "1.00")).expectProblem(422, "AG01");
    teller.post(PAYMENTS, order("DE00500999000000000001", "1.00")).expectProblem(422, "AC01");
    assertEquals("100.00", teller.booked(debtor));
  }

  @Test
  void hasNoStatementOfADayThatIsNotOver() {
    teller.get("/api/v1/accounts/" + debtor + "/statements/" + today, "Accept", "application/json")
        .expectProblem(404, "STATEMENT_NOT_FOUND");
    teller.get("/api/v1/accounts/" + debtor + "/statements/" + today, "Accept", "application/xml")
        .expectProblem(404, "STATEMENT_NOT_FOUND");
  }

  private Map<String, String> order(String creditorRef, String amount) {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("id", UUID.randomUUID().toString());
    order.put("debtor", debtorIban);
    order.put("creditor", creditorRef);
    order.put("amount", amount);
    order.put("asset", "EUR");
    return order;
  }

  private JsonNode awaitFinished(String file) {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    JsonNode state = teller.get(FILES + "/" + file).expect(200).body();
    while (!List.of("finished", "rejected").contains(state.path("status").asText())) {
      assertTrue(System.nanoTime() < deadline, state::toString);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      state = teller.get(FILES + "/" + file).expect(200).body();
    }
    return state;
  }

  private static Map<String, Integer> counts(JsonNode file) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    file.path("byStatus").properties().forEach(status -> {
      if (status.getValue().asInt() > 0) {
        counts.put(status.getKey(), status.getValue().asInt());
      }
    });
    return counts;
  }
}
