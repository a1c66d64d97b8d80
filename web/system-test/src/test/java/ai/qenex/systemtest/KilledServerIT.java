package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.UuidV7;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The server dies in the middle of posting: what was acknowledged is there once, what was not can be sent again, and
 * the audit log knew of everything before it was done (invariant AUDIT-1).
 */
@Isolated
class KilledServerIT {

  private static final int CLIENTS = 8;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 600;
  private static final int ROUNDS = 1;

  private final RunningBank bank = RunningBank.get();
  private final Api teller = Api.as("teller");
  private final UuidV7 ids = new UuidV7(InstantSource.system(), new Random());
  /** By id, before they are sent. */
  private final Map<String, Map<String, String>> sent = new ConcurrentHashMap<>();
  /** Their places in the log, by id. */
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  /** Under which id the audit log must have the intent: that of its request. */
  private final Map<String, String> intentOf = new ConcurrentHashMap<>();

  @Test
  void losesNothingThatWasAcknowledgedAndDoublesNothing() throws Exception {
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accounts.add(teller.openWith("EUR", "1000000.00"));
    }
    for (int round = 1; round <= ROUNDS; round++) {
      killDuringPosting(accounts, round * ACKNOWLEDGED_BEFORE_THE_KILL);
      NaiveBooks books = assertBooksHoldWhatWasAcknowledged(accounts);
      assertNothingActedUnrecorded(books);
      resendWhatWasNotAcknowledged(books);
    }
    NaiveBooks books = assertBooksHoldWhatWasAcknowledged(accounts);
    assertEquals(sent.size() + accounts.size(), books.size(), "everything that was sent is there once");
    Api.Answer check = teller.get("/api/v1/ledger/check").expect(200);
    assertTrue(check.body().path("passed").asBoolean(), check.raw()::body);
  }

  private void killDuringPosting(List<String> accounts, int enough) throws InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    var reached = new CountDownLatch(1);
    for (int client = 0; client < CLIENTS; client++) {
      var random = new Random(client + enough);
      boolean inBatches = client % 2 == 0;
      clients.execute(() -> {
        while (!Thread.currentThread().isInterrupted() && post(accounts, random, inBatches ? 10 : 1)) {
          if (acknowledged.size() >= enough) {
            reached.countDown();
          }
        }
      });
    }
    try {
      assertTrue(reached.await(2, TimeUnit.MINUTES), "enough was posted");
      bank.kill9Server();
    } finally {
      clients.shutdown();
      assertTrue(clients.awaitTermination(2, TimeUnit.MINUTES), "the clients saw the server die");
    }
    bank.restartServer();
  }

  /** Answers false when the server is gone. */
  private boolean post(List<String> accounts, Random random, int count) {
    List<Map<String, String>> orders = new ArrayList<>();
    String batch = ids.next().toString();
    for (int i = 0; i < count; i++) {
      int debit = random.nextInt(accounts.size());
      int credit = (debit + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
      Map<String, String> order = Api.order(accounts.get(debit), accounts.get(credit),
          BigDecimal.valueOf(1 + random.nextInt(500), 2).toPlainString(), "EUR");
      order.put("id", ids.next().toString());
      sent.put(order.get("id"), order);
      intentOf.put(order.get("id"), count == 1 ? order.get("id") : batch);
      orders.add(order);
    }
    try {
      if (count == 1) {
        Api.Answer answer = teller.post("/api/v1/transfers", orders.get(0));
        return answer.status() == 201 && acknowledge(answer.text("id"), answer.body().path("seq").asLong());
      }
      Api.Answer answer = teller.post("/api/v1/transfers/batch", Api.json(orders), "Idempotency-Key", batch);
      answer.body().forEach(result -> acknowledge(result.path("id").asText(), result.path("seq").asLong()));
      return answer.status() == 200;
    } catch (java.io.UncheckedIOException gone) {
      return false;
    }
  }

  private boolean acknowledge(String id, long seq) {
    acknowledged.put(id, seq);
    return true;
  }

  private NaiveBooks assertBooksHoldWhatWasAcknowledged(List<String> accounts) {
    var books = new NaiveBooks();
    accounts.forEach(account -> books.readAll(teller, account));
    for (String id : acknowledged.keySet()) {
      assertTrue(books.has(id), () -> "acknowledged and lost: " + id);
    }
    Map<String, BigDecimal> balances = books.balances(new HashSet<>(accounts));
    for (String account : accounts) {
      assertEquals(balances.get(account).toPlainString(), teller.booked(account));
    }
    return books;
  }

  private void assertNothingActedUnrecorded(NaiveBooks books) throws SQLException {
    Set<String> intents = texts("select subject_id from security.audit_record where outcome = 'intended'");
    List<String> done = intentOf.keySet().stream().filter(books::has).toList();
    assertTrue(done.size() >= acknowledged.size());
    assertEquals(List.of(), unrecorded(done, intents));
    // the control: the same look finds a transfer whose intent is taken away
    String one = done.get(0);
    intents.remove(intentOf.get(one));
    assertTrue(unrecorded(done, intents).contains(one));
    String open = "select seq::text from security.audit_record i where outcome = 'intended' and not exists"
        + " (select 1 from security.audit_record e where e.intent = i.seq)";
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!texts(open).isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "intents that the kill left open are ended after the start");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertTrue(Api.as("auditor").get("/api/v1/audit/check").expect(200).body().path("passed").asBoolean());
  }

  private List<String> unrecorded(List<String> done, Set<String> intents) {
    return done.stream().filter(id -> !intents.contains(intentOf.get(id))).toList();
  }

  private Set<String> texts(String sql) throws SQLException {
    Set<String> texts = new HashSet<>();
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  private void resendWhatWasNotAcknowledged(NaiveBooks books) {
    for (Map.Entry<String, Map<String, String>> order : sent.entrySet()) {
      if (!acknowledged.containsKey(order.getKey())) {
        Api.Answer answer = teller.post("/api/v1/transfers", order.getValue()).expect(201);
        assertEquals(books.has(order.getKey()), answer.header("Idempotency-Replayed").equals("true"));
        acknowledge(order.getKey(), answer.body().path("seq").asLong());
      }
    }
    Map.Entry<String, Long> known = acknowledged.entrySet().iterator().next();
    assertEquals(known.getValue(),
        teller.post("/api/v1/transfers", sent.get(known.getKey())).expect(201).body().path("seq").asLong());
  }
}
