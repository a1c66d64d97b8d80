package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Business days of the whole bank, ended undisturbed, stopped in the middle, and killed with {@code kill -9} at random
 * points.
 */
@Isolated
class EndOfDayIT {

  private static final int CUSTOMERS = 150;
  private static final int KILLS = 3;

  private final RunningBank bank = RunningBank.get();
  private final long seed = new Random().nextLong();
  private final BankDay day = new BankDay(bank, "eod-" + UUID.randomUUID().toString().substring(0, 8), seed);

  @Test
  void endsADayThatWasNotDisturbed() {
    day.openCustomers(CUSTOMERS);
    String date = prepare();
    Before before = Before.of(day, date);

    JsonNode started = day.start(date);
    JsonNode ended = day.await(started.path("id").asLong(), BankDay::ended);
    assertEquals("completed", ended.path("status").asText(), ended::toString);
    assertEquals(100, ended.path("percent").asInt());
    assertEquals(ended.path("items").path("total").asLong(), ended.path("items").path("done").asLong());
    assertEnded(date, before);
    assertEquals(started.path("id").asLong(), day.start(date).path("id").asLong(),
        "a finished day answers its execution");
    assertStatementsAreChained(date);
  }

  @Test
  void goesOnWhereItWasStopped() {
    day.openCustomers(CUSTOMERS);
    String date = prepare();
    Before before = Before.of(day, date);
    long execution = day.start(date).path("id").asLong();
    day.act(execution, "stop");
    JsonNode stopped = day.await(execution, BankDay::ended);
    if (!stopped.path("status").asText().equals("completed")) {
      assertEquals("stopped", stopped.path("status").asText(), stopped::toString);
      JsonNode ended = day.await(day.act(execution, "restart").path("id").asLong(), BankDay::ended);
      assertEquals("completed", ended.path("status").asText(), ended::toString);
    }
    assertEnded(date, before);
  }

  @Test
  void endsTheSameWayWhereverTheServerIsKilled() {
    day.openCustomers(CUSTOMERS);
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      String date = prepare();
      Before before = Before.of(day, date);
      int percent = random.nextInt(100);
      long execution = day.start(date).path("id").asLong();
      day.await(execution, now -> now.path("percent").asInt() >= percent);
      Map<String, String> written = BankDay.filesOf(date);
      bank.kill9Server();
      bank.restartServer();

      JsonNode found = day.execution(execution);
      String circumstances = "seed " + seed + ", killed at " + percent + " %: " + found;
      if (!found.path("status").asText().equals("completed")) {
        assertEquals("failed", found.path("status").asText(), circumstances);
        assertFalse(found.path("failure").asText().isEmpty(), circumstances);
        JsonNode ended = day.await(day.act(execution, "restart").path("id").asLong(), BankDay::ended);
        assertEquals("completed", ended.path("status").asText(), () -> circumstances + " then " + ended);
      }
      assertEnded(date, before);
      Map<String, String> files = BankDay.filesOf(date);
      written.forEach((file, content) -> assertEquals(content, files.get(file), () -> circumstances + ", " + file));
    }
  }

  @Test
  void refusesWhatIsNoJobOrNoDayToEnd() {
    String date = day.oldestOpenDate();
    String later = LocalDate.parse(date).plusDays(30).toString();
    assertRefused(404, day.start("operator", "no-such-job", "{\"businessDate\":\"" + date + "\"}"));
    assertRefused(400, day.start("operator", "end-of-day", "{\"businessDate\":\"yesterday\"}"));
    assertRefused(400, day.start("operator", "end-of-day", "{}"));
    assertRefused(400, day.start("operator", "end-of-day", "{\"businessDate\":\"" + date + "\",\"speed\":\"high\"}"));
    assertRefused(409, day.start("operator", "end-of-day", "{\"businessDate\":\"" + later + "\"}"));
    assertRefused(403, day.start("teller", "end-of-day", "{\"businessDate\":\"" + date + "\"}"));
    assertRefused(404, bank.send(bank.request("auditor", "/api/v1/jobs/executions/999999999").build()));
  }

  /** A day of payments. @return its date */
  private String prepare() {
    String date = day.oldestOpenDate();
    day.payAround();
    return date;
  }

  /** What the end of the day must add to. */
  private record Before(JsonNode cycle, BigDecimal otherBank, BigDecimal frenchBank) {

    static Before of(BankDay day, String date) {
      return new Before(day.cycle(date), day.balanceOf("nostro.COBADEFF.EUR"), day.balanceOf("nostro.BNPAFRPP.EUR"));
    }
  }

  private void assertEnded(String date, Before before) {
    assertTrue(LocalDate.parse(day.oldestOpenDate()).isAfter(LocalDate.parse(date)), "the day is rolled");
    JsonNode cycle = day.cycle(date);
    assertEquals("settled", cycle.path("status").asText(), cycle::toString);
    assertEquals(before.cycle().path("positions"), cycle.path("positions"), "nothing was added behind the cut-off");
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode position : cycle.path("positions")) {
      sum = sum.add(new BigDecimal(position.path("net").asText()));
    }
    assertEquals(0, sum.signum(), cycle::toString);
    assertEquals(before.otherBank().add(BankDay.netOf(cycle, BankDay.OTHER_BANK)),
        day.balanceOf("nostro.COBADEFF.EUR"));
    assertEquals(before.frenchBank().add(BankDay.netOf(cycle, BankDay.FRENCH_BANK)),
        day.balanceOf("nostro.BNPAFRPP.EUR"));
    assertEquals(0, day.balanceOf("clearing.EUR").signum(), "clearing is back at zero");
    day.assertBalances();
    assertDocuments(date, cycle);
    JsonNode check = day.get("/api/v1/ledger/check");
    assertTrue(check.path("passed").asBoolean(), check::toString);
  }

  private void assertDocuments(String date, JsonNode cycle) {
    Map<String, String> files = BankDay.filesOf(date);
    int payers = 0;
    for (JsonNode settled : cycle.path("settlement")) {
      if (settled.path("net").asText().startsWith("-")) {
        payers++;
        String file = "pacs.009/" + settled.path("bank").asText() + ".EUR.xml";
        assertTrue(files.containsKey(file), () -> file + " among " + files.keySet());
        HttpResponse<String> message =
            bank.send(
                bank.request("auditor", "/api/v1/settlement/messages/" + settled.path("messageId").asText()).build());
        assertEquals(files.get(file), message.body());
      }
    }
    assertEquals(payers, files.keySet().stream().filter(file -> file.startsWith("pacs.009/")).count());
    for (String customer : day.customers()) {
      HttpResponse<String> statement = day.statement(customer, date, "application/xml");
      assertEquals(200, statement.statusCode(), () -> customer + ": " + statement.body());
      assertTrue(files.containsValue(statement.body()), () -> "the statement of " + customer + " is among the files");
    }
    assertStatementTravelsEncrypted(day.customers().get(0), date);
  }

  private void assertStatementTravelsEncrypted(String customer, String date) {
    Api auditor = Api.as("auditor");
    var client = new PayloadClient(auditor);
    String path = "/api/v1/accounts/" + customer + "/statements/" + date + "?key=";
    String envelope =
        auditor.get(path + client.register(), "Accept", "application/jose").expect(200).raw().body();
    assertEquals(day.statement(customer, date, "application/xml").body(), client.read(envelope));
    auditor.get(path + "0".repeat(32), "Accept", "application/jose").expectProblem(404, "PAYLOAD_KEY_NOT_FOUND");
  }

  /** The next day's statement opens where this day's closed. */
  private void assertStatementsAreChained(String date) {
    String next = prepare();
    JsonNode ended = day.await(day.start(next).path("id").asLong(), BankDay::ended);
    assertEquals("completed", ended.path("status").asText(), ended::toString);
    String customer = day.customers().get(0);
    JsonNode first = day.get("/api/v1/accounts/" + customer + "/statements/" + date);
    JsonNode second = day.get("/api/v1/accounts/" + customer + "/statements/" + next);
    assertEquals(first.path("closing").asText(), second.path("opening").asText());
    assertEquals(first.path("sequence").asLong() + 1, second.path("sequence").asLong());
  }

  private static void assertRefused(int status, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response::body);
    assertTrue(response.body().contains("\"code\""), response::body);
  }
}
