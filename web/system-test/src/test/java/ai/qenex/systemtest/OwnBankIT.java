package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A bank with small ranges of the log and a busy watchman, whose database is damaged and whose past is put away: what
 * the other tests' bank cannot go through.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnBankIT {

  private static final int RANGE = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private static RunningBank bank;
  private static Api teller;
  private static Api operator;
  private static Api auditor;

  @BeforeAll
  static void openTheBank() {
    bank = RunningBank.ownWith(Map.of("qenex.ledger.partition-entries", Integer.toString(RANGE),
        "qenex.seal.range-entries", "250", "qenex.seal.delay-millis", "100", "qenex.ledger.check-seconds", "1"));
    teller = new Api(bank, "teller");
    operator = new Api(bank, "operator");
    auditor = new Api(bank, "auditor");
  }

  @AfterAll
  static void closeTheBank() {
    if (bank != null) {
      bank.close();
    }
  }

  @Test
  @Order(1)
  void isNotReadyWhileABalanceIsWrong() throws SQLException {
    String account = teller.openWith("EUR", "10.00");
    awaitReadiness(200);
    execute("update ledger.account set balance = balance + 700 where id = '" + account + "'");
    JsonNode down = awaitReadiness(503);
    assertEquals("DOWN", down.path("status").asText(), down::toString);
    JsonNode ledger = check(down, "ledger");
    assertEquals("DOWN", ledger.path("status").asText(), down::toString);
    assertTrue(ledger.path("data").path("why").asText().startsWith("the ledger check found: "), down::toString);
    assertEquals("UP", check(down, "database").path("status").asText(), down::toString);
    JsonNode report = auditor.get("/api/v1/ledger/check").expect(200).body();
    assertFalse(report.path("passed").asBoolean(), report::toString);
    assertEquals("broken", report.path("status").asText(), report::toString);
    assertTrue(report.path("violations").toString().contains("not zero"), report::toString);
    assertEquals(200, auditor.get("/health/live").status(), "a broken projection is no reason to be restarted");

    operator.post("/api/v1/ledger/rebuild").expect(202);
    await("/api/v1/ledger/rebuild", progress -> progress.path("state").asText().equals("done"));
    awaitReadiness(200);
    assertEquals("10.00", teller.booked(account));
    assertTrue(auditor.get("/api/v1/ledger/check").expect(200).body().path("passed").asBoolean());
  }

  @Test
  @Order(2)
  void isNotReadyWhileTheLogIsNotWhatWasSealed() throws SQLException {
    String account = teller.openWith("EUR", "5.00");
    String other = teller.open("EUR", "current").path("id").asText();
    long seq = teller.transfer(account, other, "1.00", "EUR").expect(201).body().path("seq").asLong();
    await("/api/v1/ledger/check", report -> report.path("seal").path("upTo").asLong() >= seq);
    awaitReadiness(200);
    execute("update ledger.log set reference = 'another' where seq = " + seq);
    JsonNode ledger = check(awaitReadiness(503), "ledger");
    assertTrue(ledger.path("data").path("why").asText().contains("not what was sealed"), ledger::toString);
    execute("update ledger.log set reference = null where seq = " + seq);
    awaitReadiness(200);
  }

  @Test
  @Order(3)
  void answersAndProvesWhatWasDetachedAndTakesItBack() throws Exception {
    String vault = operator.open("EUR", "internal").path("id").asText();
    String account = teller.open("EUR", "current").path("id").asText();
    List<String> ids = new ArrayList<>();
    post(vault, account, 2 * RANGE + 100).forEach(result -> ids.add(result.path("id").asText()));
    operator.post("/api/v1/ledger/archives/1/detach").expectProblem(404, "NOT_FOUND");
    await("/api/v1/ledger/check", report -> report.path("seal").path("upTo").asLong() >= 2 * RANGE
        && report.path("watermark").asLong() >= 2 * RANGE);
    JsonNode made = operator.post("/api/v1/ledger/archives", Map.of("upTo", 2 * RANGE)).expect(200).body();
    assertEquals(2, made.path("items").size(), made::toString);
    operator.post("/api/v1/ledger/archives/1/detach").expectProblem(409, "CONFLICTING_STATE");
    endTheDay();
    Past before = Past.of(account, ids);

    assertTrue(operator.post("/api/v1/ledger/archives/1/detach").expect(200).body().has("detachedAt"));
    operator.post("/api/v1/ledger/archives/" + (RANGE + 1) + "/detach").expect(200);
    assertTrue(figure("select count(*) from ledger.log where seq <= " + 2 * RANGE) < RANGE);
    assertEquals(before, Past.of(account, ids));
    assertPassed();
    Path file = Path.of(text("select folder || '/' || file from ledger.archive where first_seq = 1"));
    Path away = file.resolveSibling("away");
    Files.move(file, away);
    teller.get("/api/v1/transfers/" + ids.get(0)).expectProblem(503, "UNAVAILABLE");
    Files.move(away, file);
    assertRepeatsAnswer(vault, account, ids.get(0));

    operator.post("/api/v1/ledger/archives/1/attach").expectProblem(409, "CONFLICTING_STATE");
    operator.post("/api/v1/ledger/archives/7/attach").expectProblem(404, "NOT_FOUND");
    assertFalse(operator.post("/api/v1/ledger/archives/" + (RANGE + 1) + "/attach").expect(200).body()
        .has("detachedAt"));
    operator.post("/api/v1/ledger/archives/1/attach").expect(200);
    assertEquals(2 * RANGE, figure("select count(*) from ledger.log where seq <= " + 2 * RANGE));
    assertEquals(before, Past.of(account, ids));
    assertPassed();
    assertRepeatsAnswer(vault, account, ids.get(0));
  }

  /** All that clients can ask of transfers that were put away. */
  private record Past(List<JsonNode> pages, List<JsonNode> transfers, List<JsonNode> proofs, String export) {

    static Past of(String account, List<String> ids) {
      var pages = new ArrayList<JsonNode>();
      String cursor = "";
      do {
        JsonNode page = teller.get("/api/v1/accounts/" + account + "/transfers?limit=500" + cursor).expect(200).body();
        pages.add(page);
        cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
      } while (!cursor.isEmpty());
      var transfers = new ArrayList<JsonNode>();
      var proofs = new ArrayList<JsonNode>();
      for (int i = 0; i < ids.size(); i += 150) {
        transfers.add(teller.get("/api/v1/transfers/" + ids.get(i)).expect(200).body());
        proofs.add(auditor.get("/api/v1/transfers/" + ids.get(i) + "/proof").expect(200).body());
      }
      String export = teller.get("/api/v1/accounts/" + account + "/export", "Accept", "application/x-ndjson")
          .expect(200).raw().body();
      assertEquals(ids.size(), pages.stream().mapToInt(page -> page.path("items").size()).sum());
      return new Past(pages, transfers, proofs, export);
    }
  }

  private static JsonNode post(String debit, String credit, int count) {
    List<Map<String, String>> orders = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      orders.add(Api.order(debit, credit, "0." + String.format("%02d", i % 99 + 1), "EUR"));
    }
    JsonNode results = teller.post("/api/v1/transfers/batch", Api.json(orders)).expect(200).body();
    assertEquals(count, results.size());
    return results;
  }

  private static void assertRepeatsAnswer(String debit, String credit, String id) {
    Map<String, String> order = Api.order(debit, credit, "0.02", "EUR");
    order.put("id", id);
    Api.Answer again = teller.post("/api/v1/transfers", order).expect(201);
    assertEquals("true", again.header("Idempotency-Replayed"));
    order.put("amount", "0.03");
    teller.post("/api/v1/transfers", order).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
  }

  private static void endTheDay() {
    String date = auditor.get("/api/v1/business-date").expect(200).text("current");
    Api.Answer started = operator.post("/api/v1/jobs/end-of-day", Map.of("businessDate", date));
    assertTrue(started.status() / 100 == 2, started.raw()::body);
    JsonNode ended = await("/api/v1/jobs/executions/" + started.text("id"), BankDay::ended);
    assertEquals("completed", ended.path("status").asText(), ended::toString);
    // whoever asks for the sums of a closed day has them kept
    auditor.get("/api/v1/trial-balance?businessDate=" + date + "&asset=EUR").expect(200);
  }

  private static void assertPassed() {
    JsonNode report = auditor.get("/api/v1/ledger/check").expect(200).body();
    assertTrue(report.path("passed").asBoolean(), report::toString);
    awaitReadiness(200);
  }

  private static JsonNode check(JsonNode health, String name) {
    for (JsonNode check : health.path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check " + name + ": " + health);
  }

  private static JsonNode awaitReadiness(int status) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Api.Answer answer = auditor.get("/health/ready");
    while (answer.status() != status) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("/health/ready stays at " + answer.raw().body());
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
      answer = auditor.get("/health/ready");
    }
    return answer.body();
  }

  private static JsonNode await(String path, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode now = auditor.get(path).expect(200).body();
    while (!wanted.test(now)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(path + " stays at " + now);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
      now = auditor.get(path).expect(200).body();
    }
    return now;
  }

  /** As somebody who owns the database can. */
  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
    }
  }

  private static long figure(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private static String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
