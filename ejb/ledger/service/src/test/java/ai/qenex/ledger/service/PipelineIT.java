package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.await;
import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Ledger.Pending;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Large batches, of which one is on its way into the log while the next is decided: invariants {@code LEDGER-5} and
 * {@code LEDGER-6} when ids meet again in the next batch, and when the one under way is lost.
 */
class PipelineIT {

  private static final int BATCH = 2_048;
  private static final int CUSTOMERS = 12;
  private static final int CLIENTS = 6;
  private static final int KILLS = 20;
  private static final int LOSSES = 5;

  private final LedgerFixture ledger = new LedgerFixture(LedgerFixture.settingsWithBatchesOf(BATCH, true));
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final List<AccountNumber> customers =
      IntStream.range(0, CUSTOMERS).mapToObj(i -> ledger.open(Product.CURRENT)).toList();
  private final AtomicInteger largest = new AtomicInteger();
  private final AtomicReference<Thread> scribe = new AtomicReference<>();

  @AfterEach
  void close() {
    ledger.awaitProjection();
    assertEquals(List.of(), ledger.brokenLaws());
    ledger.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decidesAsOneAtATime(boolean pipelined) {
    start(ledger.database(), pipelined);
    var bank = new HashMap<AccountNumber, Long>();
    var random = new Random(42);
    for (int round = 0; round < 6; round++) {
      var batches = new ArrayList<List<PostTransfers>>();
      var pending = new ArrayList<Pending>();
      for (int i = 0; i < 8; i++) {
        batches.add(Stream.generate(() -> randomTransfer(random)).limit(BATCH).toList());
        pending.add(ledger.engine().submitLater(batches.get(i)));
      }
      for (int i = 0; i < batches.size(); i++) {
        List<Outcome> outcomes = pending.get(i).outcomes();
        for (int j = 0; j < BATCH; j++) {
          assertEquals(isCovered(bank, batches.get(i).get(j)), outcomes.get(j) instanceof Outcome.Accepted);
        }
      }
    }
    customers.forEach(customer -> assertEquals(bank.getOrDefault(customer, 0L), ledger.booked(customer)));
    assertLargeBatches(pipelined);
    ledger.restart();
    customers.forEach(customer -> assertEquals(bank.getOrDefault(customer, 0L), ledger.booked(customer)));
  }

  @Test
  void answersAnIdOnceAcrossTwoBatchesUnderWay() {
    start(ledger.database(), true);
    List<PostTransfers> last = List.of();
    var ids = new TreeSet<UUID>();
    var pending = new ArrayList<Pending>();
    var batches = new ArrayList<List<PostTransfers>>();
    for (int i = 0; i < 40; i++) {
      // every second batch repeats a quarter of the one before it, which may be on its way into the log
      List<PostTransfers> again = i % 2 == 0 ? List.of() : last.subList(0, BATCH / 4);
      last = Stream.concat(Stream.generate(() -> transfer(vault, customers.get(0), 1)).limit(BATCH - again.size()),
          again.stream()).toList();
      last.forEach(order -> ids.add(order.ids().get(0)));
      batches.add(last);
      pending.add(ledger.engine().submitLater(last));
    }
    Map<UUID, Long> answers = new HashMap<>();
    for (int i = 0; i < pending.size(); i++) {
      List<Outcome> outcomes = pending.get(i).outcomes();
      for (int j = 0; j < BATCH; j++) {
        var accepted = (Outcome.Accepted) outcomes.get(j);
        UUID id = batches.get(i).get(j).ids().get(0);
        Long before = answers.put(id, accepted.entries().get(0).seq());
        assertEquals(before != null, accepted.repeated());
        assertTrue(before == null || before.equals(accepted.entries().get(0).seq()));
      }
    }
    assertEquals(ids.size(), ledger.booked(customers.get(0)));
    assertEquals(ids.size(), ledger.count("select count(*) from ledger.log where kind = 1"));
    assertLargeBatches(true);
  }

  @Test
  void losesNothingWhenItsConnectionIsKilledBetweenTwoBatches() throws InterruptedException {
    start(ledger.database(), true);
    try (var load = new Load()) {
      for (int kill = 0; kill < KILLS; kill++) {
        load.awaitMore();
        // some die in the middle of a COPY, some wherever they are
        String which = kill % 3 == 0 ? "" : " and state = 'active' and query like 'copy ledger.log%'";
        await(() -> ledger.count("select count(pg_terminate_backend(pid)) from pg_stat_activity "
            + "where pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'"
            + which) > 0);
      }
      load.awaitMore();
      load.requireAllKept();
    }
    assertLargeBatches(true);
  }

  @ParameterizedTest
  @EnumSource
  void losesNothingWhenTheCommitOfABatchUnderWayIsUnknown(ReplyDroppingProxy.Loss loss) throws Exception {
    try (var proxy = new ReplyDroppingProxy(LedgerFixture.port())) {
      start(ledger.through(proxy), true);
      try (var load = new Load()) {
        for (int i = 0; i < LOSSES; i++) {
          load.awaitMore();
          int losses = proxy.losses();
          proxy.loseNextCommit(loss);
          await(() -> proxy.losses() > losses);
        }
        load.awaitMore();
        load.requireAllKept();
      }
      assertLargeBatches(true);
      ledger.restart();
    }
  }

  /** Fenced between two batches: what was decided on the one that failed is forgotten with it. */
  @Test
  void losesNothingWhenItIsFencedBetweenTwoBatches() throws InterruptedException {
    start(ledger.database(), true);
    try (var load = new Load()) {
      for (int i = 0; i < LOSSES; i++) {
        load.awaitMore();
        ledger.execute("update ledger.writer set epoch = epoch + 1 where k = 1");
      }
      load.awaitMore();
      load.requireAllKept();
    }
    assertLargeBatches(true);
  }

  @Test
  void goesOnByItselfWhenItsScribeEnds() throws InterruptedException {
    start(ledger.database(), true);
    try (var load = new Load()) {
      load.awaitMore();
      scribe.get().interrupt();
      scribe.get().join();
      load.awaitMore();
      load.awaitMore();
      load.requireAllKept();
    }
  }

  @Test
  void answersWhatIsUnderWayWhenItStops() throws InterruptedException {
    start(ledger.database(), true);
    try (var load = new Load()) {
      load.awaitMore();
      ledger.engine().close();
      start(ledger.database(), true);
      load.awaitMore();
      load.requireAllKept();
    }
  }

  private void start(DataSource through, boolean pipelined) {
    ledger.engine().close();
    var engine = new LedgerEngine(through, LedgerFixture.settingsWithBatchesOf(BATCH, pipelined),
        new Node("first", LedgerFixture.LEASE), Clock.systemUTC());
    engine.tell(rows -> largest.accumulateAndGet(rows.size(), Math::max));
    engine.start(task -> {
      var thread = new Thread(task);
      if (task instanceof ScribeThread) {
        scribe.set(thread);
      }
      return thread;
    });
    await(() -> engine.whyNotReady().isEmpty());
    ledger.use(engine);
  }

  /** That the test did what it is for. */
  private void assertLargeBatches(boolean pipelined) {
    assertTrue(largest.get() > 1_024, () -> "the largest batch had " + largest.get());
    assertEquals(pipelined, scribe.get() != null);
  }

  private PostTransfers randomTransfer(Random random) {
    AccountNumber debit = random.nextInt(4) == 0 ? vault : customers.get(random.nextInt(CUSTOMERS));
    AccountNumber credit = customers.get(random.nextInt(CUSTOMERS));
    return transfer(debit.equals(credit) ? vault : debit, credit, 1 + random.nextInt(100));
  }

  /** The oracle: moves the money if it is there. */
  private boolean isCovered(Map<AccountNumber, Long> bank, PostTransfers transfer) {
    var order = transfer.orders().get(0);
    long cents = order.amount().amount().toLong();
    boolean covered = order.debit().equals(vault) || bank.getOrDefault(order.debit(), 0L) >= cents;
    if (covered) {
      bank.merge(order.debit(), -cents, Long::sum);
      bank.merge(order.credit(), cents, Long::sum);
    }
    return covered;
  }

  /** Clients that post large batches of one cent each, and repeat them until they are answered. */
  private final class Load implements AutoCloseable {

    private final Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    Load() {
      for (int i = 0; i < CLIENTS; i++) {
        AccountNumber customer = customers.get(i);
        clients.execute(() -> post(customer));
      }
    }

    private void post(AccountNumber customer) {
      while (running.get()) {
        List<PostTransfers> next = Stream.generate(() -> transfer(vault, customer, 1)).limit(BATCH).toList();
        while (!isPosted(next) && running.get()) {
          Thread.onSpinWait();
        }
      }
    }

    private boolean isPosted(List<PostTransfers> batch) {
      try {
        List<Outcome> outcomes = ledger.engine().submitAll(batch);
        for (int i = 0; i < outcomes.size(); i++) {
          if (!(outcomes.get(i) instanceof Outcome.Accepted)) {
            wrong.add(outcomes.get(i).toString());
          }
          acknowledged.add(batch.get(i).ids().get(0));
        }
        batches.incrementAndGet();
        return true;
      } catch (QenexException e) {
        if (e.code() != ErrorCode.UNAVAILABLE && e.code() != ErrorCode.NOT_LEADER
            && e.code() != ErrorCode.OVERLOADED) {
          wrong.add(e.toString());
        }
        return false;
      }
    }

    void awaitMore() {
      int before = batches.get();
      await(() -> batches.get() > before + CLIENTS);
    }

    void requireAllKept() throws InterruptedException {
      running.set(false);
      clients.shutdown();
      assertTrue(clients.awaitTermination(60, TimeUnit.SECONDS));
      assertEquals(List.of(), List.copyOf(wrong));
      assertNotEquals(0, acknowledged.size());
      var once = new TreeSet<>(acknowledged);
      assertEquals(acknowledged.size(), once.size());
      List<UUID> inLog = ids();
      var distinct = new TreeSet<>(inLog);
      assertEquals(inLog.size(), distinct.size());
      assertTrue(distinct.containsAll(once));
      assertFalse(inLog.isEmpty());
      assertEquals(inLog.size(), customers.stream().mapToLong(ledger::booked).sum());
    }

    @Override
    public void close() {
      running.set(false);
      clients.shutdown();
    }
  }

  private List<UUID> ids() {
    var ids = new ArrayList<UUID>();
    try (Connection connection = ledger.database().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select id from ledger.log where kind = 1")) {
      while (row.next()) {
        ids.add(row.getObject(1, UUID.class));
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
