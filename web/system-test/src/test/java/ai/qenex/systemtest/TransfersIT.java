package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransfersIT {

  private static final String TRANSFERS = "/api/v1/transfers";

  private final Api teller = Api.as("teller");

  @Test
  void movesMoneyAndIsReadBackByItsId() {
    String debit = teller.openWith("EUR", "100.00");
    String credit = teller.open("EUR", "current").path("id").asText();
    Map<String, String> order = Api.order(debit, credit, "12.5", "EUR");
    order.put("reference", "Grüße 日本 😀");
    order.put("valueDate", "2029-12-31");
    Api.Answer posted = teller.post(TRANSFERS, order).expect(201);
    assertEquals(List.of("posted", "12.50", "EUR", debit, credit, "Grüße 日本 😀", "2029-12-31"),
        List.of(posted.text("status"), posted.text("amount"), posted.text("asset"), posted.text("debit"),
            posted.text("credit"), posted.text("reference"), posted.text("valueDate")));
    assertTrue(posted.text("hash").matches("[0-9a-f]{64}"));
    assertTrue(posted.body().path("seq").isIntegralNumber());
    assertTrue(posted.text("bookedAt").endsWith("Z"));
    assertEquals(posted.body(), teller.get(TRANSFERS + "/" + posted.text("id")).expect(200).body());
    assertEquals("87.50", teller.booked(debit));
    assertEquals("12.50", teller.booked(credit));
  }

  @Test
  void keepsEighteenDecimalsAndThirtyEightDigits() {
    String debit = teller.openWith("QXC", "12345678901234567890.123456789012345678");
    String credit = teller.open("QXC", "current").path("id").asText();
    teller.transfer(debit, credit, "0.000000000000000001", "QXC").expect(201);
    assertEquals("12345678901234567890.123456789012345677", teller.booked(debit));
    assertEquals("0.000000000000000001", teller.booked(credit));
    teller.transfer(debit, credit, "0.0000000000000000001", "QXC").expectInvalid("/amount");
  }

  @Test
  void answersARepeatedIdAsTheFirstTime() {
    String debit = teller.openWith("EUR", "100.00");
    String credit = teller.open("EUR", "current").path("id").asText();
    Map<String, String> order = Api.order(debit, credit, "1.00", "EUR");
    String key = Api.unique("key");
    Api.Answer first = teller.post(TRANSFERS, order, "Idempotency-Key", key).expect(201);
    Api.Answer again = teller.post(TRANSFERS, order, "Idempotency-Key", key).expect(201);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotency-Replayed"));
    order.put("amount", "2.00");
    teller.post(TRANSFERS, order, "Idempotency-Key", key).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    String id = UUID.randomUUID().toString();
    assertEquals(id, teller.post(TRANSFERS, order, "Idempotency-Key", id).expect(201).text("id"));
    order.put("id", id);
    assertEquals(id, teller.post(TRANSFERS, order, "Idempotency-Key", "another").expect(201).text("id"));
    assertEquals("97.00", teller.booked(debit));
  }

  @Test
  void postsOnceHoweverManySendTheSameIdAtOnce() throws Exception {
    String debit = teller.openWith("EUR", "100.00");
    String credit = teller.open("EUR", "current").path("id").asText();
    Map<String, String> order = Api.order(debit, credit, "1.00", "EUR");
    order.put("id", UUID.randomUUID().toString());
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      Callable<String> client = () -> teller.post(TRANSFERS, order).expect(201).raw().body();
      List<String> answers = clients.invokeAll(java.util.Collections.nCopies(64, client)).stream().map(answer -> {
        try {
          return answer.get();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }).distinct().toList();
      assertEquals(1, answers.size(), answers::toString);
    } finally {
      clients.shutdownNow();
    }
    assertEquals("99.00", teller.booked(debit));
  }

  @Test
  void refusesWithTheClauseAndTheFiguresThatLedToIt() {
    String debit = teller.openWith("EUR", "10.00");
    String credit = teller.open("EUR", "current").path("id").asText();
    Map<String, String> order = Api.order(debit, credit, "10.01", "EUR");
    order.put("id", UUID.randomUUID().toString());
    Api.Answer refusal = teller.post(TRANSFERS, order).expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    assertEquals(List.of("10.00", "0.00", "0.00", "10.00", "10.01", order.get("id")),
        List.of(refusal.text("booked"), refusal.text("held"), refusal.text("overdraftLimit"), refusal.text("available"),
            refusal.text("requested"), refusal.text("id")));
    Api.Answer recorded = teller.get(TRANSFERS + "/" + order.get("id")).expect(200);
    assertEquals("refused", recorded.text("status"));
    assertEquals("EXCEEDS_AVAILABLE_BALANCE", recorded.text("code"));
    teller.post(TRANSFERS, order).expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
  }

  @Test
  void staysRefusedEvenWhenTheMoneyArrivesLater() {
    String debit = teller.openWith("EUR", "1.00");
    String credit = teller.open("EUR", "current").path("id").asText();
    Map<String, String> order = Api.order(debit, credit, "2.00", "EUR");
    order.put("id", UUID.randomUUID().toString());
    teller.post(TRANSFERS, order).expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    teller.transfer(Api.as("operator").open("EUR", "internal").path("id").asText(), debit, "5.00", "EUR").expect(201);
    teller.post(TRANSFERS, order).expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    assertEquals("6.00", teller.booked(debit));
  }

  @Test
  void refusesOneAccountTwoAssetsAndUnknownOnes() {
    String euro = teller.openWith("EUR", "10.00");
    String dollar = teller.open("USD", "current").path("id").asText();
    teller.transfer(euro, euro, "1.00", "EUR").expectProblem(422, "SAME_ACCOUNT");
    Api.Answer mismatch = teller.transfer(euro, dollar, "1.00", "EUR").expectProblem(422, "ASSET_MISMATCH");
    assertEquals("USD", mismatch.text("creditAsset"));
    teller.transfer(euro, dollar, "1.00", "XAU").expectProblem(422, "ASSET_NOT_FOUND");
    assertEquals("/credit",
        teller.transfer(euro, "nobody", "1.00", "EUR").expectProblem(404, "ACCOUNT_NOT_FOUND").text("path"));
    assertEquals("/debit",
        teller.transfer("nobody", euro, "1.00", "EUR").expectProblem(404, "ACCOUNT_NOT_FOUND").text("path"));
  }

  @Test
  void refusesIdsFromTheFuture() {
    String debit = teller.openWith("EUR", "10.00");
    Map<String, String> order = Api.order(debit, teller.open("EUR", "current").path("id").asText(), "1.00", "EUR");
    order.put("id",
        new UUID(System.currentTimeMillis() + 86_400_000L << 16 | 0x7000, Long.MIN_VALUE | System.nanoTime())
            .toString());
    teller.post(TRANSFERS, order).expectProblem(422, "ID_FROM_THE_FUTURE");
    assertEquals("10.00", teller.booked(debit));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"0", "0.00", "-1", "1.001", "1e2", "NaN", "''", "' 1'",
      "1000000000000000000000000000000000000",
      "99999999999999999999999999999999999999999999999999999999999"})
  void refusesWhatIsNoAmount(String amount) {
    teller.transfer("a", "b", amount, "EUR").expectInvalid("/amount");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '§', value = {"id|§7§", "id|§\"x\"§", "amount|§1.00§", "amount|§true§",
      "valueDate|§\"2027-02-30\"§", "valueDate|§\"tomorrow\"§", "reference|§\"\"§", "reference|§\"a\\u0000\"§",
      "reference|§\"\\ud800\"§", "reference|§[\"a\"]§", "asset|§null§", "colour|§\"red\"§"})
  void namesTheMemberThatIsWrong(String member, String json) {
    String debit = teller.openWith("EUR", "10.00");
    String credit = teller.open("EUR", "current").path("id").asText();
    String body = Api.json(Api.order(debit, credit, "1.00", "EUR"));
    String wrong = body.contains('"' + member + '"')
        ? body.replaceAll('"' + member + "\":\"[^\"]*\"",
            '"' + member + "\":" + java.util.regex.Matcher.quoteReplacement(json))
        : body.replace("}", ",\"" + member + "\":" + json + "}");
    teller.post(TRANSFERS, wrong).expectInvalid("/" + member);
    assertEquals("10.00", teller.booked(debit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "x", "%00", "1/proof"})
  void isNotFoundUnderAnotherId(String id) {
    assertEquals(404, teller.get(TRANSFERS + "/" + id).status());
  }

  @Test
  void takesThePublishedShapeWithNumbersReadExactly() {
    String from = teller.openWith("QXC", "100.00");
    String to = teller.open("QXC", "current").path("address").asText();
    String body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%s,\"token\":\"QXC\",\"optimize\":true}";
    assertEquals("0.100000000000000001",
        teller.post("/api/v1/transaction", body.formatted(from, to, "0.100000000000000001")).expect(201)
            .text("amount"));
    assertEquals("1.500000000000000000",
        teller.post("/api/v1/transaction", body.formatted(from, to, "\"1.5\"")).expect(201).text("amount"));
    teller.post("/api/v1/transaction", body.formatted(from, to, "1e-19")).expectInvalid("/amount");
    teller.post("/api/v1/transaction", body.formatted(from, to, "1e999999999")).expectInvalid("/amount");
    teller.post("/api/v1/transaction", body.formatted(from, to, "0")).expectInvalid("/amount");
    teller.post("/api/v1/transaction", body.formatted(from, to, "1000")).expectProblem(422,
        "EXCEEDS_AVAILABLE_BALANCE");
    assertEquals("98.399999999999999999", teller.booked(from));
  }
}
