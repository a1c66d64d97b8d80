package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many clients on few accounts, singly and in batches, checked against a model that knows no concurrency. */
class HotAccountsIT {

  private static final int CLIENTS = 16;
  private static final int REQUESTS = 40;
  private static final int BATCH = 20;

  private final Api teller = Api.as("teller");
  private final Queue<String> posted = new ConcurrentLinkedQueue<>();
  private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();

  private record Refused(String id, String debit, BigDecimal amount) {}

  @Test
  void balanceIsWhatTheLogSaysAndNoRefusalWasWrong() throws Exception {
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accounts.add(teller.openWith("EUR", "20.00"));
    }
    attack(accounts);
    var books = new NaiveBooks();
    accounts.forEach(account -> books.readAll(teller, account));
    assertTrue(posted.stream().allMatch(books::has), "every acknowledged transfer is in the log");
    assertEquals(posted.size() + accounts.size(), books.size(), "and nothing but those and the first deposits");
    Map<String, BigDecimal> balances = books.balances(new HashSet<>(accounts));
    BigDecimal sum = BigDecimal.ZERO;
    for (String account : accounts) {
      assertEquals(balances.get(account).toPlainString(), teller.booked(account));
      sum = sum.add(balances.get(account));
    }
    assertEquals(new BigDecimal("80.00"), sum);
    assertTrue(refused.size() > 10, "some were refused: " + refused.size());
    for (Refused one : refused) {
      Api.Answer recorded = teller.get("/api/v1/transfers/" + one.id()).expect(200);
      BigDecimal had = books.balanceBefore(one.debit(), recorded.body().path("seq").asLong());
      assertTrue(had.compareTo(one.amount()) < 0, () -> one + " was refused at a balance of " + had);
    }
    Api.Answer check = teller.get("/api/v1/ledger/check").expect(200);
    assertTrue(check.body().path("passed").asBoolean(), check.raw()::body);
  }

  private void attack(List<String> accounts) throws InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        var random = new Random(client);
        boolean inBatches = client % 4 == 0;
        work.add(() -> {
          for (int i = 0; i < REQUESTS; i++) {
            if (inBatches) {
              sendBatch(accounts, random);
            } else {
              sendOne(accounts, random);
            }
          }
          return null;
        });
      }
      for (Future<Void> client : clients.invokeAll(work)) {
        client.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private void sendOne(List<String> accounts, Random random) {
    Map<String, String> order = order(accounts, random);
    Api.Answer answer = teller.post("/api/v1/transfers", order);
    if (answer.status() == 422) {
      answer.expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    } else {
      answer.expect(201);
    }
    remember(order, answer.status() == 201);
  }

  private void sendBatch(List<String> accounts, Random random) {
    List<Map<String, String>> orders = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      orders.add(order(accounts, random));
    }
    Api.Answer answer = teller.post("/api/v1/transfers/batch", Api.json(orders)).expect(200);
    for (int i = 0; i < BATCH; i++) {
      remember(orders.get(i), answer.body().path(i).path("status").asText().equals("posted"));
    }
  }

  private void remember(Map<String, String> order, boolean wasPosted) {
    if (wasPosted) {
      posted.add(order.get("id"));
    } else {
      refused.add(new Refused(order.get("id"), order.get("debit"), new BigDecimal(order.get("amount"))));
    }
  }

  private static Map<String, String> order(List<String> accounts, Random random) {
    int debit = random.nextInt(accounts.size());
    int credit = (debit + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
    Map<String, String> order = Api.order(accounts.get(debit), accounts.get(credit),
        BigDecimal.valueOf(1 + random.nextInt(3_000), 2).toPlainString(), "EUR");
    order.put("id", UUID.randomUUID().toString());
    return order;
  }
}
