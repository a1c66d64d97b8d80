package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HOLD-1 over HTTP: reserve, take in parts, give back, expire. */
class HoldsIT {

  private static final String HOLDS = "/api/v1/holds";

  private final Api teller = Api.as("teller");
  private final String guest = teller.openWith("EUR", "100.00");
  private final String hotel = teller.open("EUR", "current").path("id").asText();

  private static Map<String, Object> wanted(String account, String amount) {
    Map<String, Object> hold = new LinkedHashMap<>();
    hold.put("account", account);
    hold.put("amount", amount);
    hold.put("asset", "EUR");
    return hold;
  }

  private Api.Answer place(String amount) {
    Map<String, Object> hold = wanted(guest, amount);
    hold.put("beneficiary", hotel);
    hold.put("reference", "Room 7");
    return teller.post(HOLDS, hold).expect(201);
  }

  private Api.Answer capture(String hold, Map<String, ?> body) {
    return teller.post(HOLDS + "/" + hold + "/capture", body);
  }

  private void assertAccount(String booked, String held, String limit, String available) {
    Api.Answer account = teller.get("/api/v1/accounts/" + guest).expect(200);
    assertEquals(List.of(booked, held, limit, available),
        List.of(account.text("booked"), account.text("held"), account.text("overdraftLimit"),
            account.text("available")));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it did not come true within a minute");
      Thread.onSpinWait();
    }
  }

  @Test
  void reservesCapturesInPartsAndGivesTheRestBack() {
    Api.Answer placed = place("60.00");
    String id = placed.text("id");
    assertEquals("/api/v1/holds/" + id, placed.header("Location").replaceFirst("^https?://[^/]*", ""));
    assertEquals(List.of("open", "60.00", "60.00", "0.00", guest, hotel, "Room 7"),
        List.of(placed.text("status"), placed.text("amount"), placed.text("held"), placed.text("captured"),
            placed.text("account"), placed.text("beneficiary"), placed.text("reference")));
    assertAccount("100.00", "60.00", "0.00", "40.00");
    Api.Answer refusal =
        teller.transfer(guest, hotel, "40.01", "EUR").expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    assertEquals(List.of("100.00", "60.00", "0.00", "40.00", "40.01"), List.of(refusal.text("booked"),
        refusal.text("held"), refusal.text("overdraftLimit"), refusal.text("available"), refusal.text("requested")));
    Api.Answer first = capture(id, Map.of("amount", "25.00", "reference", "Night 1")).expect(201);
    assertEquals(List.of("25.00", guest, hotel, id), List.of(first.text("amount"), first.text("debit"),
        first.text("credit"), first.text("hold")));
    assertEquals(first.body(), teller.get("/api/v1/transfers/" + first.text("id")).expect(200).body());
    assertAccount("75.00", "35.00", "0.00", "40.00");
    Api.Answer tooMuch = capture(id, Map.of("amount", "35.01")).expectProblem(422, "EXCEEDS_HOLD");
    assertEquals(List.of("35.00", "35.01", id),
        List.of(tooMuch.text("held"), tooMuch.text("requested"), tooMuch.text("hold")));
    capture(id, Map.of("amount", "5.00", "final", true)).expect(201);
    assertAccount("70.00", "0.00", "0.00", "70.00");
    assertEquals("30.00", teller.booked(hotel));
    Api.Answer ended = teller.get(HOLDS + "/" + id).expect(200);
    assertEquals(List.of("captured", "0.00", "30.00"),
        List.of(ended.text("status"), ended.text("held"), ended.text("captured")));
    Api.Answer late = capture(id, Map.of("amount", "0.01")).expectProblem(422, "HOLD_NOT_OPEN");
    assertEquals("captured", late.text("holdStatus"));
  }

  @Test
  void capturesAllWithoutABodyAndReleasesWithoutOne() {
    String all = place("10.00").text("id");
    assertEquals("10.00", teller.post(HOLDS + "/" + all + "/capture").expect(201).text("amount"));
    String none = place("10.00").text("id");
    assertEquals("released", teller.post(HOLDS + "/" + none + "/release").expect(200).text("status"));
    assertEquals("released",
        teller.post(HOLDS + "/" + none + "/release").expectProblem(422, "HOLD_NOT_OPEN").text("holdStatus"));
    assertAccount("90.00", "0.00", "0.00", "90.00");
  }

  @Test
  void answersARepeatedKeyAsTheFirstTime() {
    Map<String, Object> hold = wanted(guest, "10.00");
    String key = Api.unique("hold");
    Api.Answer first = teller.post(HOLDS, hold, "Idempotency-Key", key).expect(201);
    Api.Answer again = teller.post(HOLDS, hold, "Idempotency-Key", key).expect(201);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotency-Replayed"));
    hold.put("amount", "11.00");
    teller.post(HOLDS, hold, "Idempotency-Key", key).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    String id = first.text("id");
    Map<String, Object> capture = Map.of("amount", "4.00", "credit", hotel, "id", UUID.randomUUID().toString());
    assertEquals(capture(id, capture).expect(201).body(), capture(id, capture).expect(201).body());
    assertAccount("96.00", "6.00", "0.00", "90.00");
  }

  @Test
  void paysNobodyButTheBeneficiary() {
    String other = teller.open("EUR", "current").path("id").asText();
    Api.Answer differs = capture(place("10.00").text("id"), Map.of("credit", other))
        .expectProblem(422, "HOLD_BENEFICIARY_DIFFERS");
    assertEquals(hotel, differs.text("beneficiary"));
    String open = teller.post(HOLDS, wanted(guest, "10.00")).expect(201).text("id");
    capture(open, Map.of()).expectProblem(422, "HOLD_BENEFICIARY_MISSING");
    capture(open, Map.of("credit", other)).expect(201);
    assertEquals("10.00", teller.booked(other));
  }

  @Test
  void givesBackWhatIsNotCapturedInTime() {
    Map<String, Object> hold = wanted(guest, "30.00");
    hold.put("beneficiary", hotel);
    Instant expiry = Instant.now().plusMillis(1_500);
    hold.put("expiresAt", expiry.toString());
    String id = teller.post(HOLDS, hold).expect(201).text("id");
    await(() -> Instant.now().isAfter(expiry));
    String code = capture(id, Map.of()).expect(422).text("code");
    assertTrue(List.of("HOLD_EXPIRED", "HOLD_NOT_OPEN").contains(code), code);
    await(() -> teller.get(HOLDS + "/" + id).expect(200).text("status").equals("expired"));
    assertAccount("100.00", "0.00", "0.00", "100.00");
    hold.put("expiresAt", "2020-01-01T00:00:00Z");
    teller.post(HOLDS, hold).expectProblem(422, "HOLD_EXPIRY_OUT_OF_RANGE");
  }

  @Test
  void holdsWithinTheOverdraftAndKeepsTheLimitAboveThem() {
    Api operator = Api.as("operator");
    String limit = "/api/v1/accounts/" + guest + "/limit";
    operator.post(limit, Map.of("limit", "50.00")).expect(200);
    String id = place("140.00").text("id");
    assertAccount("100.00", "140.00", "50.00", "10.00");
    Api.Answer below = operator.post(limit, Map.of("limit", "39.99")).expectProblem(422, "BALANCE_BELOW_NEW_LIMIT");
    assertEquals(List.of("100.00", "140.00", "39.99"),
        List.of(below.text("booked"), below.text("held"), below.text("overdraftLimit")));
    operator.post(limit, Map.of("limit", "40.00")).expect(200);
    capture(id, Map.of()).expect(201);
    assertAccount("-40.00", "0.00", "40.00", "0.00");
  }

  @Test
  void neverCapturesMoreThanItHoldsHoweverManyAskAtOnce() throws Exception {
    String id = place("10.00").text("id");
    ExecutorService clients = Executors.newFixedThreadPool(8);
    var asked = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 32; i++) {
      asked.add(() -> capture(id, Map.of("amount", "3.00")).status());
    }
    long done = 0;
    try {
      for (var answer : clients.invokeAll(asked, 60, TimeUnit.SECONDS)) {
        done += answer.get() == 201 ? 1 : 0;
      }
    } finally {
      clients.shutdownNow();
    }
    assertEquals(3, done);
    assertAccount("91.00", "1.00", "0.00", "90.00");
  }

  @Test
  void listsAnAccountsHoldsNewestFirst() {
    var ids = new ArrayList<String>();
    for (int i = 1; i <= 5; i++) {
      ids.add(0, place(i + ".00").text("id"));
    }
    var seen = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = teller.get("/api/v1/accounts/" + guest + "/holds?limit=2" + cursor).expect(200).body();
      page.path("items").forEach(hold -> seen.add(hold.path("id").asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(ids, seen);
    teller.get("/api/v1/accounts/" + guest + "/holds?cursor=x").expect(400);
  }

  @ParameterizedTest
  @CsvSource({"amount,0.00", "amount,1.001", "amount,x", "expiresAt,tomorrow", "id,7", "reference,''"})
  void namesTheMemberThatIsWrong(String member, String text) {
    Map<String, Object> hold = wanted(guest, "1.00");
    hold.put(member, text);
    teller.post(HOLDS, hold).expectInvalid("/" + member);
    capture(place("1.00").text("id"), Map.of("final", "yes")).expectInvalid("/final");
  }

  @ParameterizedTest
  @CsvSource({"x", "00000000-0000-7000-8000-000000000000"})
  void knowsNoOtherHolds(String id) {
    teller.get(HOLDS + "/" + id).expectProblem(404, "HOLD_NOT_FOUND");
    capture(id, Map.of()).expectProblem(404, "HOLD_NOT_FOUND");
    teller.post(HOLDS + "/" + id + "/release").expectProblem(404, "HOLD_NOT_FOUND");
  }
}
