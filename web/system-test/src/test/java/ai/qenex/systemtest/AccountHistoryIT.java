package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An account's past over HTTP: pages both ways, spans, exports, balances of any date, periods and rebuilds. */
class AccountHistoryIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api teller = Api.as("teller");
  private final Api operator = Api.as("operator");

  private String accountWith(int transfers) {
    String account = teller.openWith("EUR", "100.00");
    String other = teller.open("EUR", "current").path("id").asText();
    for (int i = 1; i < transfers; i++) {
      teller.transfer(account, other, "0." + (10 + i), "EUR").expect(201);
    }
    return account;
  }

  private List<Long> seqs(String account, String query) {
    var seqs = new ArrayList<Long>();
    String cursor = "";
    do {
      JsonNode page =
          teller.get("/api/v1/accounts/" + account + "/transfers?limit=3" + query + cursor).expect(200).body();
      page.path("items").forEach(item -> seqs.add(item.path("seq").asLong()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return seqs;
  }

  @Test
  void pagesBothWaysAndBySpan() {
    String account = accountWith(10);
    List<Long> rising = seqs(account, "&order=oldest");
    assertEquals(10, rising.size());
    assertEquals(rising.stream().sorted().toList(), rising);
    assertEquals(rising.stream().sorted(Comparator.reverseOrder()).toList(), seqs(account, ""));
    String today = teller.get("/api/v1/business-date").expect(200).text("current");
    assertEquals(rising, seqs(account, "&order=oldest&from=" + today + "&to=" + today));
    assertEquals(List.of(), seqs(account, "&to=" + LocalDate.parse(today).minusDays(1)));
    JsonNode fourth = teller.get("/api/v1/accounts/" + account + "/transfers?order=oldest&limit=4").body()
        .path("items").path(3);
    List<Long> since = seqs(account, "&order=oldest&from=" + fourth.path("bookedAt").asText());
    assertTrue(since.contains(fourth.path("seq").asLong()));
    assertEquals(rising.subList(rising.size() - since.size(), rising.size()), since);
  }

  @Test
  void refusesSpansThatAreNone() {
    String path = "/api/v1/accounts/" + teller.openWith("EUR", "1.00") + "/transfers?";
    teller.get(path + "order=best").expectInvalid("order");
    teller.get(path + "from=2027-03-02&to=2027-03-01").expectInvalid("to");
    teller.get(path + "from=2027-03-01&to=2027-03-01T00:00:00Z").expectInvalid("to");
    teller.get(path + "from=yesterday").expectInvalid("from");
    String cursor =
        teller.get("/api/v1/accounts/" + accountWith(3) + "/transfers?limit=1").body().path("next").asText();
    teller.get(path + "cursor=" + cursor).expectProblem(400, "INVALID_REQUEST");
  }

  @Test
  void exportsBetweenOpeningAndClosingBalance() throws Exception {
    String account = accountWith(7);
    String path = "/api/v1/accounts/" + account + "/export";
    String[] lines = teller.get(path, "Accept", "application/x-ndjson").expect(200).raw().body().split("\n");
    assertEquals(9, lines.length);
    JsonNode opening = JSON.readTree(lines[0]);
    assertEquals("opening", opening.path("type").asText());
    assertEquals("0.00", opening.path("balance").asText());
    BigDecimal balance = BigDecimal.ZERO;
    for (int i = 1; i < 8; i++) {
      JsonNode line = JSON.readTree(lines[i]);
      BigDecimal amount = new BigDecimal(line.path("amount").asText());
      balance = line.path("direction").asText().equals("debit") ? balance.subtract(amount) : balance.add(amount);
      assertEquals(balance, new BigDecimal(line.path("balance").asText()));
      assertTrue(line.path("seq").asLong() <= opening.path("seq").asLong());
    }
    JsonNode closing = JSON.readTree(lines[8]);
    assertEquals("closing", closing.path("type").asText());
    assertEquals(7, closing.path("transfers").asInt());
    assertEquals(teller.booked(account), closing.path("balance").asText());

    LocalDate today = LocalDate.parse(teller.get("/api/v1/business-date").text("current"));
    String year = "?from=" + today.withDayOfYear(1) + "&to=" + today.plusYears(1);
    String[] table = teller.get(path + year, "Accept", "text/csv").expect(200).raw().body().split("\r\n");
    assertEquals(10, table.length);
    assertTrue(table[0].startsWith("type,seq,id,"));
    assertTrue(table[9].startsWith("closing,7,"), table[9]);
    assertTrue(table[9].contains("," + teller.booked(account) + ","), table[9]);
    String before = teller.get(path + "?to=" + today.minusDays(1), "Accept", "text/csv").raw().body();
    assertEquals(3, before.split("\r\n").length, before);
    teller.get("/api/v1/accounts/nobody/export", "Accept", "text/csv").expect(404);
  }

  @Test
  void balancesCountByValueDate() {
    String account = teller.openWith("EUR", "50.00");
    String other = teller.open("EUR", "current").path("id").asText();
    LocalDate today = LocalDate.parse(teller.get("/api/v1/business-date").text("current"));
    Map<String, String> later = Api.order(account, other, "7.00", "EUR");
    later.put("valueDate", today.plusDays(3).toString());
    teller.post("/api/v1/transfers", later).expect(201);
    Map<String, String> earlier = Api.order(account, other, "5.00", "EUR");
    earlier.put("valueDate", today.minusDays(2).toString());
    teller.post("/api/v1/transfers", earlier).expect(201);
    String path = "/api/v1/accounts/" + account + "/balance?valueDate=";
    assertEquals("0.00", teller.get(path + today.minusDays(3)).expect(200).text("booked"));
    assertEquals("-5.00", teller.get(path + today.minusDays(2)).expect(200).text("booked"));
    assertEquals("45.00", teller.get(path + today).expect(200).text("booked"));
    assertEquals("45.00", teller.get(path + today.plusDays(2)).expect(200).text("booked"));
    assertEquals("38.00", teller.get(path + today.plusDays(3)).expect(200).text("booked"));
  }

  @Test
  void closesPeriodsForGood() {
    LocalDate first = LocalDate.parse(
        teller.get("/api/v1/business-date").expect(200).body().path("open").path(0).asText());
    operator.post("/api/v1/periods/close", Map.of("through", first.toString()))
        .expectProblem(422, "PERIOD_NOT_OVER");
    operator.post("/api/v1/periods/close", Map.of("through", "soon")).expectInvalid("/through");
    LocalDate through = LocalDate.parse("1999-12-31");
    Api.Answer closed = operator.post("/api/v1/periods/close", Map.of("through", through.toString()));
    assertTrue(closed.status() == 201 || closed.text("code").equals("PERIOD_CLOSED"), closed.raw().body());
    JsonNode periods = teller.get("/api/v1/periods").expect(200).body();
    assertTrue(periods.path("items").size() > 0);
    assertTrue(LocalDate.parse(periods.path("closedThrough").asText()).compareTo(through) >= 0);
    operator.post("/api/v1/periods/close", Map.of("through", through.toString()))
        .expectProblem(422, "PERIOD_CLOSED");
    String account = teller.openWith("EUR", "50.00");
    Map<String, String> late = Api.order(account, teller.open("EUR", "current").path("id").asText(), "1.00", "EUR");
    late.put("valueDate", through.toString());
    Api.Answer refused = teller.post("/api/v1/transfers", late).expectProblem(422, "PERIOD_CLOSED");
    assertEquals(through.toString(), refused.text("valueDate"));
    assertEquals(periods.path("closedThrough").asText(), refused.text("closedThrough"));
  }

  @Test
  void rebuildsWhileTheBankWorks() {
    String account = accountWith(5);
    operator.post("/api/v1/ledger/rebuild").expect(202);
    long deadline = System.nanoTime() + 60_000_000_000L;
    JsonNode progress;
    do {
      assertEquals(5, seqs(account, "").size());
      progress = teller.get("/api/v1/ledger/rebuild").expect(200).body();
    } while (!progress.path("state").asText().equals("done") && System.nanoTime() < deadline);
    assertEquals("done", progress.path("state").asText(), progress.toString());
    assertEquals(5, seqs(account, "").size());
    JsonNode report = teller.get("/api/v1/ledger/check").expect(200).body();
    assertEquals("proven", report.path("status").asText(), report.toString());
    assertEquals(report.path("lastSeq"), report.path("provenTo"));
  }
}
