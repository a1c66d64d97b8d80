package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsIT {

  private final Api teller = Api.as("teller");
  private final Api operator = Api.as("operator");

  @Test
  void isFoundByIdAliasIbanAndAddress() {
    String alias = Api.unique("acc");
    Api.Answer opened = teller.post("/api/v1/accounts",
        Map.of("asset", "EUR", "owner", "Grüße 日本", "product", "current", "alias", alias, "overdraftLimit", "50.5"))
        .expect(201);
    String id = opened.text("id");
    assertEquals("/api/v1/accounts/" + id, java.net.URI.create(opened.header("Location")).getPath());
    assertTrue(opened.text("address").matches("0x[0-9a-f]{40}"));
    assertTrue(opened.text("iban").matches("DE[0-9]{20}"));
    assertEquals(List.of("50.50", "0.00", "0.00", "50.50", "open"), List.of(opened.text("overdraftLimit"),
        opened.text("booked"), opened.text("held"), opened.text("available"), opened.text("status")));
    for (String ref : List.of(id, alias, opened.text("iban"), opened.text("address"),
        id.toUpperCase(java.util.Locale.ROOT))) {
      assertEquals(opened.body(), teller.get("/api/v1/accounts/" + ref).expect(200).body());
    }
  }

  @Test
  void answersTheSameForTheSameKey() {
    String key = Api.unique("open");
    Map<String, String> body = Map.of("asset", "USD", "owner", "A", "product", "savings");
    Api.Answer first = teller.post("/api/v1/accounts", body, "Idempotency-Key", key).expect(201);
    Api.Answer again = teller.post("/api/v1/accounts", body, "Idempotency-Key", key).expect(201);
    assertEquals(first.body(), again.body());
    teller.post("/api/v1/accounts", Map.of("asset", "USD", "owner", "B", "product", "savings"), "Idempotency-Key", key)
        .expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    assertNotEquals(first.text("id"),
        operator.post("/api/v1/accounts", body, "Idempotency-Key", key).expect(201).text("id"));
  }

  @Test
  void opensInternalAccountsForOperatorsOnly() {
    teller.post("/api/v1/accounts", Map.of("asset", "EUR", "owner", "Bank", "product", "internal"))
        .expectProblem(403, "FORBIDDEN");
    JsonNode internal = operator.open("EUR", "internal");
    assertFalse(internal.has("overdraftLimit"));
    assertFalse(internal.has("iban"));
    operator.post("/api/v1/accounts",
        Map.of("asset", "EUR", "owner", "Bank", "product", "internal", "overdraftLimit", "1.00"))
        .expectProblem(422, "LIMIT_NOT_APPLICABLE");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
      "{\"owner\":\"a\",\"product\":\"current\"}                                              | /asset",
      "{\"asset\":\"EUR\",\"product\":\"current\"}                                            | /owner",
      "{\"asset\":\"EUR\",\"owner\":\"\",\"product\":\"current\"}                             | /owner",
      "{\"asset\":\"EUR\",\"owner\":\"a\\u0000b\",\"product\":\"current\"}                    | /owner",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"gold\"}                               | /product",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"CURRENT\"}                            | /product",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"current\",\"alias\":\"1a\"}           | /alias",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"current\",\"alias\":\"a b\"}          | /alias",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"current\",\"alias\":\"DE89370400440532013000\"} | /alias",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"current\",\"overdraftLimit\":\"1.001\"} | /overdraftLimit",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"current\",\"overdraftLimit\":\"-1\"}  | /overdraftLimit",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"current\",\"overdraftLimit\":5}       | /overdraftLimit",
      "{\"asset\":\"EUR\",\"owner\":\"a\",\"product\":\"current\",\"colour\":\"red\"}         | /colour"})
  void namesWhatIsWrongWithAnApplication(String body, String path) {
    teller.post("/api/v1/accounts", body).expectInvalid(path);
  }

  @Test
  void refusesWhatTheBooksForbid() {
    teller.post("/api/v1/accounts", Map.of("asset", "XAU", "owner", "A", "product", "current"))
        .expectProblem(422, "ASSET_NOT_FOUND");
    Map<String, String> taken = Map.of("asset", "EUR", "owner", "A", "product", "current", "alias", Api.unique("acc"));
    teller.post("/api/v1/accounts", taken).expect(201);
    Api.Answer refusal = teller.post("/api/v1/accounts", taken).expectProblem(422, "ALIAS_TAKEN");
    assertEquals(taken.get("alias"), refusal.text("alias"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "00000000-0000-7000-8000-000000000000",
      "0x0000000000000000000000000000000000000000",
      "DE02500999009999999999", "%20", "a%00b", "..%2e", "'or'1'='1"})
  void isNotFoundUnderAnotherName(String ref) {
    teller.get("/api/v1/accounts/" + ref).expectProblem(404, "ACCOUNT_NOT_FOUND");
    teller.get("/api/v1/accounts/" + ref + "/balance").expectProblem(404, "ACCOUNT_NOT_FOUND");
    teller.get("/api/v1/accounts/" + ref + "/transfers").expectProblem(404, "ACCOUNT_NOT_FOUND");
  }

  @Test
  void livesOpenFrozenOpenClosed() {
    String account = teller.openWith("EUR", "10.00");
    String path = "/api/v1/accounts/" + account;
    teller.post(path + "/freeze").expectProblem(403, "FORBIDDEN");
    assertEquals("frozen", operator.post(path + "/freeze").expect(200).text("status"));
    Api.Answer frozen = operator.transfer(account, operator.open("EUR", "current").path("id").asText(), "1", "EUR")
        .expectProblem(422, "ACCOUNT_FROZEN");
    assertEquals(account, frozen.text("account"));
    assertEquals("frozen",
        operator.post(path + "/freeze").expectProblem(422, "ACCOUNT_STATE_FORBIDS").text("accountStatus"));
    assertEquals("open", operator.post(path + "/unfreeze").expect(200).text("status"));
    assertEquals("10.00", operator.post(path + "/close").expectProblem(422, "ACCOUNT_NOT_EMPTY").text("booked"));
    String other = operator.open("EUR", "internal").path("id").asText();
    operator.transfer(account, other, "10.00", "EUR").expect(201);
    assertEquals("closed", operator.post(path + "/close").expect(200).text("status"));
    operator.transfer(other, account, "1.00", "EUR").expectProblem(422, "ACCOUNT_CLOSED");
    operator.post(path + "/unfreeze").expectProblem(422, "ACCOUNT_STATE_FORBIDS");
  }

  @Test
  void remembersItsBalances() {
    String account = teller.openWith("EUR", "10.00");
    Instant then =
        Instant.parse(teller.get("/api/v1/accounts/" + account + "/transfers").expect(200).body().path("items")
            .path(0).path("bookedAt").asText());
    String other = teller.open("EUR", "current").path("id").asText();
    var later = new java.util.LinkedHashMap<>(Api.order(account, other, "4.00", "EUR"));
    later.put("valueDate", "2030-01-01");
    teller.post("/api/v1/transfers", later).expect(201);
    String path = "/api/v1/accounts/" + account + "/balance";
    assertEquals("6.00", teller.get(path).expect(200).text("booked"));
    assertEquals("10.00", teller.get(path + "?at=" + then).expect(200).text("booked"));
    assertEquals("0.00", teller.get(path + "?at=2001-01-01T00:00:00Z").expect(200).text("booked"));
    assertEquals("10.00", teller.get(path + "?valueDate=2029-12-31").expect(200).text("booked"));
    assertEquals("6.00", teller.get(path + "?valueDate=2030-01-01").expect(200).text("booked"));
    teller.get(path + "?at=yesterday").expectInvalid("at");
    teller.get(path + "?at=2001-01-01T00:00:00Z&valueDate=2001-01-01").expectInvalid("at");
    teller.get(path + "?valueDate=2001-02-30").expectInvalid("valueDate");
    teller.get(path + "?valueDate=%2B99999-01-01").expectInvalid("valueDate");
  }

  @Test
  void listsItsTransfersPageByPageNewestFirst() {
    String account = teller.openWith("EUR", "100.00");
    String other = teller.open("EUR", "current").path("id").asText();
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      posted.add(0, teller.transfer(account, other, "1.0" + i, "EUR").expect(201).text("id"));
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      Api.Answer page = teller.get("/api/v1/accounts/" + other + "/transfers?limit=3" + cursor).expect(200);
      page.body().path("items").forEach(item -> listed.add(item.path("id").asText()));
      cursor = page.body().has("next") ? "&cursor=" + page.text("next") : "";
    } while (!cursor.isEmpty());
    assertEquals(posted, listed);
    teller.get("/api/v1/accounts/" + other + "/transfers?limit=0").expectInvalid("limit");
    teller.get("/api/v1/accounts/" + other + "/transfers?limit=1001").expectInvalid("limit");
    teller.get("/api/v1/accounts/" + other + "/transfers?cursor=no-cursor-of-ours").expectProblem(400,
        "INVALID_REQUEST");
  }
}
