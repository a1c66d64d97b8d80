package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves of different kinds as one over HTTP: all or none, each judged after those before it. */
class LinkedIT {

  private static final String PATH = "/api/v1/linked";

  private final Api teller = Api.as("teller");
  private final Api operator = Api.as("operator");
  private String ada;
  private String shop;
  private String fees;

  @BeforeEach
  void openAccounts() {
    ada = teller.openWith("EUR", "100.00");
    shop = teller.open("EUR", "current").path("id").asText();
    fees = teller.open("EUR", "current").path("id").asText();
  }

  private static Map<String, Object> item(String type, Object... members) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("type", type);
    for (int i = 0; i < members.length; i += 2) {
      item.put((String) members[i], members[i + 1]);
    }
    return item;
  }

  private static Map<String, Object> transfer(String debit, String credit, String amount) {
    return item("transfer", "debit", debit, "credit", credit, "amount", amount, "asset", "EUR");
  }

  private Api.Answer post(Api who, Object... items) {
    return who.post(PATH, Api.json(List.of(items)), "Idempotency-Key", UUID.randomUUID().toString());
  }

  private void assertBooked(String account, String booked, String held) {
    JsonNode view = teller.get("/api/v1/accounts/" + account).expect(200).body();
    assertEquals(booked, view.path("booked").asText(), view::toString);
    assertEquals(held, view.path("held").asText(), view::toString);
  }

  @Test
  void carriesOutMovesOfAllKindsAsOne() {
    String wrong = teller.transfer(ada, fees, "7.00", "EUR").expect(201).text("id");
    String kept = teller.post("/api/v1/holds", Map.of("account", ada, "amount", "5.00", "asset", "EUR")).expect(201)
        .text("id");
    String hold = UUID.randomUUID().toString();
    JsonNode items = post(operator,
        item("hold", "id", hold, "account", ada, "amount", "60.00", "asset", "EUR", "beneficiary", shop),
        item("capture", "hold", hold, "amount", "40.00", "final", true),
        transfer(shop, fees, "1.50"),
        item("release", "hold", kept),
        item("reversal", "transfer", wrong, "reference", "wrong fee"))
        .expect(201).body().path("items");
    assertEquals(List.of("hold", "capture", "transfer", "release", "reversal"), texts(items, "type"));
    assertEquals(List.of("posted", "posted", "posted", "posted", "posted"), texts(items, "status"));
    long first = items.path(0).path("seq").asLong();
    for (int i = 0; i < items.size(); i++) {
      assertEquals(first + i, items.path(i).path("seq").asLong(), "one behind the other");
    }
    assertBooked(ada, "60.00", "0.00");
    assertBooked(shop, "38.50", "0.00");
    assertBooked(fees, "1.50", "0.00");
    assertEquals(wrong, operator.get("/api/v1/transfers/" + items.path(4).path("id").asText()).expect(200)
        .text("reverses"));
    assertEquals("captured", teller.get("/api/v1/holds/" + hold).expect(200).text("status"));
  }

  @Test
  void carriesOutNothingIfOneIsRefused() {
    String hold = UUID.randomUUID().toString();
    Api.Answer refused = post(teller,
        transfer(ada, shop, "80.00"),
        item("hold", "id", hold, "account", ada, "amount", "20.01", "asset", "EUR"),
        transfer(shop, fees, "1.00")).expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    assertEquals("/1", refused.text("path"));
    assertEquals("20.00", refused.text("available"), refused.raw()::body);
    JsonNode items = refused.body().path("items");
    assertEquals(List.of("refused", "refused", "refused"), texts(items, "status"));
    assertEquals(List.of("LINKED_TRANSFER_REFUSED", "EXCEEDS_AVAILABLE_BALANCE", "LINKED_TRANSFER_REFUSED"),
        texts(items, "code"));
    assertBooked(ada, "100.00", "0.00");
    assertBooked(shop, "0.00", "0.00");
    teller.get("/api/v1/holds/" + hold).expectProblem(404, "HOLD_NOT_FOUND");
  }

  @Test
  void answersARepetitionAsBefore() {
    String json = Api.json(List.of(transfer(ada, shop, "10.00"), transfer(shop, fees, "10.00")));
    String key = UUID.randomUUID().toString();
    Api.Answer first = teller.post(PATH, json, "Idempotency-Key", key).expect(201);
    Api.Answer again = teller.post(PATH, json, "Idempotency-Key", key).expect(201);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotency-Replayed"));
    assertBooked(ada, "90.00", "0.00");
    String other = Api.json(List.of(transfer(ada, shop, "11.00"), transfer(shop, fees, "10.00")));
    teller.post(PATH, other, "Idempotency-Key", key).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    assertBooked(ada, "90.00", "0.00");
  }

  @Test
  void reversesForOperatorsOnly() {
    String id = teller.transfer(ada, shop, "3.00", "EUR").expect(201).text("id");
    post(teller, transfer(ada, fees, "1.00"), item("reversal", "transfer", id)).expectProblem(403, "FORBIDDEN");
    assertBooked(shop, "3.00", "0.00");
    post(operator, item("reversal", "transfer", id), item("reversal", "transfer", id))
        .expectProblem(422, "TRANSFER_ALREADY_REVERSED");
    assertBooked(shop, "3.00", "0.00");
  }

  @Test
  void refusesWhatItCannotReadWithItsPlace() {
    teller.post(PATH, "{}").expectInvalid("");
    teller.post(PATH, "[]").expectInvalid("");
    teller.post(PATH, "[7]").expectInvalid("/0");
    teller.post(PATH, "[{}]").expectInvalid("/0/type");
    post(teller, item("gift")).expectInvalid("/0/type");
    post(teller, transfer(ada, shop, "1.00"), transfer(ada, shop, "1.001")).expectInvalid("/1/amount");
    post(teller, item("release", "hold", "x")).expectInvalid("/0/hold");
    post(teller, item("release", "hold", UUID.randomUUID().toString(), "amount", "1.00"))
        .expectInvalid("/0/amount");
    post(teller, item("capture", "hold", UUID.randomUUID().toString())).expectProblem(404, "HOLD_NOT_FOUND");
    post(operator, item("reversal", "transfer", "x")).expectProblem(404, "TRANSFER_NOT_FOUND");
    assertEquals("/0/debit",
        post(teller, transfer("nobody", shop, "1.00")).expectProblem(404, "ACCOUNT_NOT_FOUND").text("path"));
    String id = UUID.randomUUID().toString();
    Map<String, Object> twice = transfer(ada, shop, "1.00");
    twice.put("id", id);
    post(teller, twice, twice).expectInvalid("/1/id");
    var many = new ArrayList<Object>();
    for (int i = 0; i < 1_001; i++) {
      many.add(transfer(ada, shop, "0.01"));
    }
    post(teller, many.toArray()).expectInvalid("");
    teller.post(PATH, "[" + " ".repeat(1 << 20) + "]").expectProblem(413, "PAYLOAD_TOO_LARGE");
    assertBooked(ada, "100.00", "0.00");
    assertTrue(post(teller, transfer(ada, shop, "0.01")).expect(201).body().path("items").size() == 1);
  }

  private static List<String> texts(JsonNode items, String member) {
    var texts = new ArrayList<String>();
    items.forEach(item -> texts.add(item.path(member).asText()));
    return texts;
  }
}
