package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.identity.CodeOfTheMoment;
import ai.qenex.systemtest.Api.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Fresh proofs of who is there, and the attacks on them (invariants SCA-1 and SCA-2): over HTTP, with a code of the
 * moment and with a passkey in software.
 */
class StepUpIT {

  private static final RunningBank BANK = RunningBank.get();
  private static final String TRANSFERS = "/api/v1/transfers";
  private static String payer;
  private static String payee;
  private static String another;
  /** A person with a passkey, which can be used as often as it takes. */
  private static Customer anna;

  @BeforeAll
  static void open() {
    payer = Api.as("teller").openWith("EUR", "900000.00");
    payee = Api.as("teller").open("EUR", "current").path("id").asText();
    another = Api.as("teller").open("EUR", "current").path("id").asText();
    anna = Customer.withPasskey();
  }

  /** A logged-in person, with a passkey. */
  record Customer(LoggedIn person, Api api, SoftPasskey passkey) {

    static Customer withPasskey() {
      LoggedIn person = LoggedIn.person("teller", "operator");
      Api api = person.api("");
      SoftPasskey passkey = new SoftPasskey(origin());
      JsonNode question = api.post("/api/v1/me/factors/passkeys/question").expect(200).body();
      api.post("/api/v1/me/factors/passkeys",
          passkey.made(question.path("challenge").asText(), question.path("rpId").asText())).expect(201);
      return new Customer(person, api, passkey);
    }

    String proof(JsonNode challenge) {
      return answer(challenge).expect(200).text("proof");
    }

    Answer answer(JsonNode challenge) {
      JsonNode question = challenge.path("webauthn");
      return api.post("/api/v1/step-up/" + challenge.path("id").asText(),
          passkey.used(question.path("challenge").asText(), question.path("rpId").asText()));
    }
  }

  private static String origin() {
    return "http://localhost:" + BANK.baseUrl().getPort();
  }

  private static Map<String, String> order(String amount) {
    Map<String, String> order = Api.order(payer, payee, amount, "EUR");
    order.put("id", UUID.randomUUID().toString());
    return order;
  }

  private static JsonNode challenge(Answer refused, String reason) {
    refused.expectProblem(403, "STEP_UP_REQUIRED");
    assertEquals(reason, refused.text("reason"), refused.raw()::body);
    assertTrue(refused.header("WWW-Authenticate").contains("insufficient_user_authentication"), refused.raw()::body);
    return refused.body().path("challenge");
  }

  @Test
  void asksAPersonAboveTheLimitAndNoProgram() {
    anna.api().post(TRANSFERS, order("10000.00")).expect(201);
    Map<String, String> order = order("10000.01");
    JsonNode challenge = challenge(anna.api().post(TRANSFERS, order), "MISSING");
    assertEquals(payer, challenge.path("payer").asText());
    assertEquals(payee, challenge.path("payee").asText());
    assertEquals("10000.01", challenge.path("amount").asText());
    assertEquals("EUR", challenge.path("currency").asText());
    assertEquals(order.get("id"), challenge.path("operationId").asText());
    assertEquals("webauthn", challenge.path("methods").path(0).asText());
    assertEquals(challenge, anna.api().get("/api/v1/step-up/" + challenge.path("id").asText()).expect(200).body());
    Api.as("teller").post(TRANSFERS, order("10000.01")).expect(201);
    challenge(anna.api().post("/api/v1/transaction",
        Map.of("from", payer, "to", payee, "amount", "10000.01", "token", "EUR")), "MISSING");
    challenge(anna.api().post("/api/v1/holds", Map.of("account", payer, "amount", "10000.01", "asset", "EUR")),
        "MISSING");
  }

  @Test
  void letsOneProofThroughOnce() {
    Map<String, String> order = order("10000.01");
    String proof = anna.proof(challenge(anna.api().post(TRANSFERS, order), "MISSING"));
    anna.api().post(TRANSFERS, order, "Step-Up", proof).expect(201);
    challenge(anna.api().post(TRANSFERS, order, "Step-Up", proof), "USED");
    challenge(anna.api().post(TRANSFERS, order, "Step-Up", "made-up"), "UNKNOWN");
  }

  @Test
  void voidsAProofThatComesWithAnythingElse() {
    Map<String, BiConsumer<Map<String, String>, String>> changes = new TreeMap<>();
    changes.put("credit", (order, member) -> order.put(member, another));
    changes.put("debit", (order, member) -> order.put(member, another));
    changes.put("amount", (order, member) -> order.put(member, "10000.02"));
    changes.put("id", (order, member) -> order.put(member, UUID.randomUUID().toString()));
    changes.put("asset", (order, member) -> order.put(member, "USD"));
    changes.forEach((member, change) -> {
      Map<String, String> order = order("10000.01");
      String proof = anna.proof(challenge(anna.api().post(TRANSFERS, order), "MISSING"));
      Map<String, String> changed = new TreeMap<>(order);
      change.accept(changed, member);
      challenge(anna.api().post(TRANSFERS, changed, "Step-Up", proof), "MISMATCH");
      challenge(anna.api().post(TRANSFERS, order, "Step-Up", proof), "USED");
    });
  }

  @Test
  void takesNoProofAndNoAnswerOfAnotherPerson() {
    Customer thief = Customer.withPasskey();
    Map<String, String> order = order("10000.01");
    JsonNode challenge = challenge(anna.api().post(TRANSFERS, order), "MISSING");
    thief.answer(challenge).expectProblem(404, "CHALLENGE_NOT_FOUND");
    thief.api().get("/api/v1/step-up/" + challenge.path("id").asText()).expectProblem(404, "CHALLENGE_NOT_FOUND");
    String proof = anna.proof(challenge);
    challenge(thief.api().post(TRANSFERS, order, "Step-Up", proof), "UNKNOWN");
    String own = thief.proof(challenge(thief.api().post(TRANSFERS, order), "MISSING"));
    challenge(anna.api().post(TRANSFERS, order, "Step-Up", own), "UNKNOWN");
  }

  @Test
  void givesOneOfManyUsesAtOnceTheProof() throws Exception {
    Map<String, String> order = order("10000.01");
    String proof = anna.proof(challenge(anna.api().post(TRANSFERS, order), "MISSING"));
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      Callable<Integer> use = () -> anna.api().post(TRANSFERS, order, "Step-Up", proof).status();
      List<Future<Integer>> uses = clients.invokeAll(Collections.nCopies(8, use));
      int passed = 0;
      for (Future<Integer> one : uses) {
        assertTrue(one.get() == 201 || one.get() == 403, "status " + one.get());
        passed += one.get() == 201 ? 1 : 0;
      }
      assertEquals(1, passed);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void takesNoAssertionThatIsNotForThisVeryChallenge() {
    JsonNode challenge = challenge(anna.api().post(TRANSFERS, order("10000.01")), "MISSING");
    JsonNode other = challenge(anna.api().post(TRANSFERS, order("10000.01")), "MISSING");
    String path = "/api/v1/step-up/" + challenge.path("id").asText();
    String asked = challenge.path("webauthn").path("challenge").asText();
    SoftPasskey passkey = anna.passkey();
    anna.api().post(path, passkey.used(other.path("webauthn").path("challenge").asText(), "localhost"))
        .expectProblem(422, "STEP_UP_WRONG");
    anna.api().post(path, passkey.used(asked, "localhost", "https://thief.example", 5))
        .expectProblem(422, "STEP_UP_WRONG");
    anna.api().post(path, passkey.used(asked, "thief.example")).expectProblem(422, "STEP_UP_WRONG");
    Answer unverified = anna.api().post(path, passkey.used(asked, "localhost", origin(), SoftPasskey.PRESENT))
        .expectProblem(422, "STEP_UP_WRONG");
    assertEquals(1, unverified.body().path("failuresLeft").asInt());
    anna.answer(challenge).expect(200);
    anna.answer(challenge).expectProblem(422, "STEP_UP_USED");
  }

  @Test
  void takesNoPasskeyThatCountsBackwards() {
    Customer copied = Customer.withPasskey();
    copied.proof(challenge(copied.api().post(TRANSFERS, order("10000.01")), "MISSING"));
    copied.proof(challenge(copied.api().post(TRANSFERS, order("10000.01")), "MISSING"));
    copied.passkey().forgetSignatures();
    copied.answer(challenge(copied.api().post(TRANSFERS, order("10000.01")), "MISSING"))
        .expectProblem(422, "STEP_UP_WRONG");
  }

  @Test
  void closesAChallengeAfterFiveWrongAnswersAndTheCodesWithIt() {
    Customer customer = Customer.withPasskey();
    JsonNode challenge = challenge(customer.api().post(TRANSFERS, order("10000.01")), "MISSING");
    String path = "/api/v1/step-up/" + challenge.path("id").asText();
    for (int left = 4; left >= 0; left--) {
      Answer wrong = customer.api().post(path, Map.of("code", "00000" + left)).expectProblem(422, "STEP_UP_WRONG");
      assertEquals(left, wrong.body().path("failuresLeft").asInt());
    }
    customer.answer(challenge).expectProblem(422, "STEP_UP_LOCKED");
    JsonNode next = challenge(customer.api().post(TRANSFERS, order("10000.01")), "MISSING");
    customer.answer(next).expectProblem(422, "STEP_UP_LOCKED");
  }

  @Test
  void endsChallengesAndProofs() throws SQLException {
    Map<String, String> order = order("10000.01");
    JsonNode challenge = challenge(anna.api().post(TRANSFERS, order), "MISSING");
    age("update security.step_up set expires_at = now() - interval '1 second' where id = ?", challenge);
    anna.answer(challenge).expectProblem(422, "STEP_UP_EXPIRED");
    JsonNode next = challenge(anna.api().post(TRANSFERS, order), "MISSING");
    String proof = anna.proof(next);
    age("update security.step_up set proof_expires_at = now() - interval '1 second' where id = ?", next);
    challenge(anna.api().post(TRANSFERS, order, "Step-Up", proof), "EXPIRED");
  }

  private static void age(String sql, JsonNode challenge) throws SQLException {
    try (Connection connection = DriverManager.getConnection(BANK.jdbcUrl());
        PreparedStatement age = connection.prepareStatement(sql)) {
      age.setObject(1, UUID.fromString(challenge.path("id").asText()));
      assertEquals(1, age.executeUpdate());
    }
  }

  @Test
  void takesACodeOnceAndFromClocksThatAreAStepOff() {
    LoggedIn person = LoggedIn.person("teller");
    Api api = person.api("");
    byte[] secret = secret(api.post("/api/v1/me/factors/totp").expect(200).text("secret"));
    Instant now = Instant.now();
    api.post("/api/v1/me/factors/totp/confirm", Map.of("code", code(secret, now, -90))).expectProblem(422,
        "CODE_WRONG");
    api.post("/api/v1/me/factors/totp/confirm", Map.of("code", code(secret, now, -30))).expect(200);
    String used = code(secret, Instant.now(), 0);
    String path = open(api);
    api.post(path, Map.of("code", code(secret, Instant.now(), 90))).expectProblem(422, "STEP_UP_WRONG");
    api.post(path, Map.of("code", used)).expect(200);
    String next = open(api);
    api.post(next, Map.of("code", used)).expectProblem(422, "STEP_UP_WRONG");
    api.post(next, Map.of("code", code(secret, Instant.now(), 30))).expect(200);
    person.code("", "").expectProblem(401, "LOGIN_CODE_NEEDED");
    person.code(used, "").expectProblem(401, "LOGIN_WRONG");
  }

  private static String open(Api api) {
    return "/api/v1/step-up/" + challenge(api.post(TRANSFERS, order("10000.01")), "MISSING").path("id").asText();
  }

  private static String code(byte[] secret, Instant now, int seconds) {
    return CodeOfTheMoment.at(secret, now.plusSeconds(seconds));
  }

  private static byte[] secret(String base32) {
    var bits = new StringBuilder();
    base32.chars().forEach(letter -> bits.append(Integer.toBinaryString(
        32 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)).substring(1)));
    byte[] secret = new byte[bits.length() / 8];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return secret;
  }

  @Test
  void asksForAProofBeforeFactorsChangeAndLetsARecoveryCodeReplaceThem() {
    Customer customer = Customer.withPasskey();
    challenge(customer.api().post("/api/v1/me/factors/totp"), "MISSING");
    challenge(customer.api().post("/api/v1/me/factors/passkeys/question"), "MISSING");
    String path = "/api/v1/me/factors/recovery-codes";
    String key = UUID.randomUUID().toString();
    JsonNode challenge =
        challenge(customer.api().send(customer.api().request(path, "Idempotency-Key", key)
            .POST(BodyPublishers.noBody())), "MISSING");
    assertEquals("recovery codes", challenge.path("payee").asText());
    JsonNode codes = customer.api().send(customer.api().request(path, "Idempotency-Key", key, "Step-Up",
        customer.proof(challenge)).POST(BodyPublishers.noBody())).expect(200).body().path("codes");
    assertEquals(10, codes.size());
    Map<String, String> recovery = Map.of("code", codes.get(3).asText().toLowerCase(Locale.ROOT));
    Answer recovered = customer.api().post("/api/v1/me/factors/recover", recovery).expect(200);
    assertEquals(9, recovered.body().path("recoveryCodes").asInt());
    assertEquals(0, recovered.body().path("passkeys").size());
    customer.api().post("/api/v1/me/factors/recover", recovery).expectProblem(422, "CODE_WRONG");
    customer.api().post("/api/v1/me/factors/totp").expect(200);
    Api.as("teller").post("/api/v1/me/factors/totp").expectProblem(422, "PEOPLE_ONLY");
  }

  @Test
  void bindsAProofToEveryItemOfABatch() {
    List<Map<String, String>> items = List.of(order("1.00"), order("20000.00"), order("2.00"));
    String key = UUID.randomUUID().toString();
    String path = TRANSFERS + "/batch";
    JsonNode challenge = challenge(anna.api().post(path, Api.json(items), "Idempotency-Key", key), "MISSING");
    assertEquals("20003.00 EUR", challenge.path("amount").asText());
    assertEquals("3 transfers", challenge.path("payee").asText());
    String proof = anna.proof(challenge);
    List<Map<String, String>> changed = List.of(items.get(0), items.get(1), order("2.00"));
    challenge(anna.api().post(path, Api.json(changed), "Idempotency-Key", key, "Step-Up", proof), "MISMATCH");
    String second = anna.proof(challenge(anna.api().post(path, Api.json(items), "Idempotency-Key", key), "MISSING"));
    Answer posted = anna.api().post(path, Api.json(items), "Idempotency-Key", key, "Step-Up", second).expect(200);
    posted.body().forEach(result -> assertEquals("posted", result.path("status").asText(), posted.raw()::body));
    anna.api().post(path, Api.json(List.of(order("1.00")))).expect(200);
  }

  @Test
  void refusesLargeItemsOfAStreamOneByOne() {
    String lines = Api.json(order("1.00")) + "\n" + Api.json(order("20000.00")) + "\n";
    String results = anna.api().postAs("application/x-ndjson", TRANSFERS + "/batch", lines).expect(200).raw().body();
    String[] result = results.strip().split("\n");
    assertTrue(result[0].contains("\"posted\""), results);
    assertTrue(result[1].contains("STEP_UP_REQUIRED"), results);
    challenge(anna.api().postAs("application/x-ndjson", TRANSFERS + "/batch?atomic=true", lines), "MISSING");
  }

  @Test
  void asksForLargePaymentsForFilesAndForLimits() {
    Map<String, Object> payment = Map.of("debtor", "DE89370400440532013000", "creditor", "FR1420041010050500013M02606",
        "creditorAgent", "BNPAFRPP", "amount", "10000.01", "asset", "EUR");
    JsonNode asked = challenge(anna.api().post("/api/v1/payments", payment), "MISSING");
    assertEquals("FR1420041010050500013M02606 BNPAFRPP", asked.path("payee").asText());
    assertNotEquals("", asked.path("operationId").asText());
    JsonNode file = challenge(anna.api().postAs("application/xml", "/api/v1/payment-files", "<no/>"), "MISSING");
    String proof = anna.proof(file);
    challenge(file("<other/>", proof), "MISMATCH");
    file("<no/>", anna.proof(challenge(file("<no/>", "none"), "UNKNOWN"))).expectProblem(400, "INVALID_REQUEST");
    Map<String, String> limit = Map.of("limit", "5.00");
    String path = "/api/v1/accounts/" + another + "/limit";
    String key = UUID.randomUUID().toString();
    JsonNode change = challenge(anna.api().post(path, limit, "Idempotency-Key", key), "MISSING");
    assertEquals("5.00", change.path("amount").asText());
    anna.api().post(path, limit, "Idempotency-Key", key, "Step-Up", anna.proof(change)).expect(200);
  }

  /** Whatever an allocation or a linked move comes to: the whole of it is confirmed. */
  @Test
  void bindsAProofToInstructionsThatTheLedgerWorksOut() {
    Map<String, Object> conversion = Map.of("sell", Map.of("account", payer, "amount", "1.00"), "buy",
        Map.of("account", Api.as("teller").open("USD", "current").path("id").asText()), "rate", "1.1");
    JsonNode asked = challenge(anna.api().post("/api/v1/conversions", conversion), "MISSING");
    assertEquals("conversion", asked.path("payee").asText());
    String key = asked.path("operationId").asText();
    String proof = anna.proof(asked);
    Map<String, Object> dearer = new TreeMap<>(conversion);
    dearer.put("rate", "1.2");
    challenge(anna.api().post("/api/v1/conversions", dearer, "Idempotency-Key", key, "Step-Up", proof), "MISMATCH");
    String again = anna.proof(
        challenge(anna.api().post("/api/v1/conversions", conversion, "Idempotency-Key", key), "MISSING"));
    anna.api().post("/api/v1/conversions", conversion, "Idempotency-Key", key, "Step-Up", again).expect(201);
    challenge(anna.api().post("/api/v1/accounts/" + payer + "/sweep", Map.of("to", payee, "upTo", "1.00")), "MISSING");
  }

  private static Answer file(String xml, String proof) {
    return anna.api().send(anna.api().request("/api/v1/payment-files", "Content-Type", "application/xml", "Step-Up",
        proof).POST(BodyPublishers.ofString(xml)));
  }
}
