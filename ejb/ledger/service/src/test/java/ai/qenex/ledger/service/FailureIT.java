package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.await;
import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What must hold when things break: every acknowledged transfer is in the log once, and nothing else moved a balance.
 */
class FailureIT {

  private static final int CLIENTS = 8;
  private static final int KILLS = 10;

  private final LedgerFixture ledger = new LedgerFixture();
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);

  @AfterEach
  void close() {
    ledger.awaitProjection();
    assertEquals(List.of(), ledger.brokenLaws());
    ledger.close();
  }

  @Test
  void losesNothingWhenItsConnectionIsKilled() throws InterruptedException {
    try (var load = new Load()) {
      for (int kill = 0; kill < KILLS; kill++) {
        int acknowledged = load.acknowledged.size();
        await(() -> load.acknowledged.size() > acknowledged + 50);
        ledger.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
            + "and datname = current_database() and backend_type = 'client backend'");
      }
      int acknowledged = load.acknowledged.size();
      await(() -> load.acknowledged.size() > acknowledged + 50);
      load.stop();
      assertEveryAcknowledgedIsThereOnce(load.acknowledged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersFromTheLogWhenACommitIsUnknown(ReplyDroppingProxy.Loss loss) throws Exception {
    try (var proxy = new ReplyDroppingProxy(LedgerFixture.port())) {
      ledger.engine().close();
      ledger.start(ledger.through(proxy));
      for (int i = 1; i <= 5; i++) {
        proxy.loseNextCommit(loss);
        var outcome = ledger.submit(transfer(vault, ada, 1));
        assertFalse(((Outcome.Accepted) outcome).repeated());
        assertEquals(i, proxy.losses());
      }
      assertEquals(ledger.booked(ada), ledger.count("select count(*) from ledger.log where kind = 1"));
      ledger.engine().close();
      ledger.start(ledger.database());
    }
  }

  @Test
  void losesNothingUnderLoadWhenCommitsAreUnknown() throws Exception {
    try (var proxy = new ReplyDroppingProxy(LedgerFixture.port())) {
      ledger.engine().close();
      ledger.start(ledger.through(proxy));
      try (var load = new Load()) {
        for (int i = 0; i < KILLS; i++) {
          int acknowledged = load.acknowledged.size();
          await(() -> load.acknowledged.size() > acknowledged + 50);
          int losses = proxy.losses();
          proxy.loseNextCommit(ReplyDroppingProxy.Loss.REPLY);
          await(() -> proxy.losses() > losses);
        }
        load.stop();
        assertEveryAcknowledgedIsThereOnce(load.acknowledged);
      }
      ledger.engine().close();
      ledger.start(ledger.database());
    }
  }

  @Test
  void comesBackByItselfWhenTheDatabaseDoes() throws Exception {
    try (var proxy = new ReplyDroppingProxy(LedgerFixture.port())) {
      ledger.engine().close();
      ledger.start(ledger.through(proxy));
      ledger.submit(transfer(vault, ada, 1));
      proxy.goAway();
      try (var load = new Load()) {
        await(() -> ledger.engine().whyNotReady().isPresent());
        var refused = assertThrows(QenexException.class, () -> ledger.submit(transfer(vault, ada, 1)));
        assertEquals(ErrorCode.UNAVAILABLE, refused.code());
        int acknowledged = load.acknowledged.size();
        proxy.comeBack();
        await(() -> load.acknowledged.size() > acknowledged + 50);
        assertEquals(Optional.empty(), ledger.engine().whyNotReady());
        load.stop();
        assertEveryAcknowledgedIsThereOnce(load.acknowledged);
      }
      ledger.engine().close();
      ledger.start(ledger.database());
    }
  }

  /** The fence alone: somebody outbid the epoch without asking for the lease. */
  @Test
  void forgetsEverythingWhenItIsFencedAndLeadsAgain() {
    ledger.execute("update ledger.writer set epoch = epoch + 1 where k = 1");
    var order = transfer(vault, ada, 7);
    var late = assertThrows(QenexException.class, () -> ledger.submit(order));
    assertEquals(ErrorCode.NOT_LEADER, late.code());
    await(() -> ledger.engine().whyNotReady().isEmpty());
    assertEquals(0, ledger.booked(ada));
    assertFalse(((Outcome.Accepted) ledger.submit(order)).repeated());
    assertEquals(7, ledger.booked(ada));
  }

  @Test
  void refusesABrokenInstructionAlone() {
    var before = transfer(vault, ada, 10);
    var after = transfer(vault, ada, 20);
    assertThrows(QenexException.class,
        () -> ledger.engine().submitAll(List.of(before, new Broken(UUID.randomUUID()), after)));
    assertEquals(30, ledger.booked(ada));
    assertTrue(((Outcome.Accepted) ledger.submit(after)).repeated());
  }

  @Test
  void takesAnInstructionBackWhenItsLastEffectIsUnlawful() {
    var overdrawn = new Overdrawing(List.of(LedgerFixture.newId(), LedgerFixture.newId()), vault, ada);
    assertThrows(QenexException.class, () -> ledger.submit(overdrawn));
    assertEquals(0, ledger.booked(ada));
    assertEquals(0, ledger.count("select count(*) from ledger.log where kind = 1"));
    assertTrue(ledger.submit(transfer(vault, ada, 1)) instanceof Outcome.Accepted);
  }

  /** An error that nobody catches ends the writer's thread, and with it the readiness. */
  @Test
  void isNotReadyWhenItsWriterDies() {
    var refused = assertThrows(QenexException.class, () -> ledger.submit(new Deadly(UUID.randomUUID())));
    assertEquals(ErrorCode.UNAVAILABLE, refused.code());
    assertTrue(ledger.engine().whyNotReady().isPresent());
    ledger.restart();
    assertTrue(ledger.submit(transfer(vault, ada, 1)) instanceof Outcome.Accepted);
  }

  private void assertEveryAcknowledgedIsThereOnce(Queue<UUID> acknowledged) {
    // ids are unique by index; so present means present once
    String ids = String.join("','", acknowledged.stream().map(UUID::toString).toList());
    assertEquals(acknowledged.size(), ledger.count("select count(*) from ledger.log where id in ('" + ids + "')"));
    assertEquals(ledger.booked(ada), ledger.count("select count(*) from ledger.log where kind = 1"));
  }

  /** Clients that post one cent each time and repeat an id until it is answered. */
  private final class Load implements AutoCloseable {

    private final Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    Load() {
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(this::post);
      }
    }

    private void post() {
      while (running.get()) {
        PostTransfers next = transfer(vault, ada, 1);
        if (isPosted(next)) {
          acknowledged.add(next.ids().get(0));
        }
      }
    }

    private boolean isPosted(Instruction instruction) {
      while (true) {
        try {
          return ledger.submit(instruction) instanceof Outcome.Accepted;
        } catch (QenexException e) {
          if (e.code() != ErrorCode.UNAVAILABLE || !running.get()) {
            return false;
          }
          Thread.onSpinWait();
        }
      }
    }

    void stop() throws InterruptedException {
      running.set(false);
      clients.shutdown();
      assertTrue(clients.awaitTermination(60, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
      running.set(false);
      clients.shutdown();
    }
  }

  private record Broken(UUID id) implements Instruction {

    @Override
    public List<UUID> ids() {
      return List.of(id);
    }

    @Override
    public long fingerprint(int index) {
      return 1;
    }

    @Override
    public Decision decide(LedgerView view) {
      throw new IllegalStateException("broken on purpose");
    }
  }

  private record Deadly(UUID id) implements Instruction {

    @Override
    public List<UUID> ids() {
      return List.of(id);
    }

    @Override
    public long fingerprint(int index) {
      return 1;
    }

    @Override
    public Decision decide(LedgerView view) {
      throw new StackOverflowError("an error on purpose");
    }
  }

  /** Pays in one cent and takes out two without asking whether they are there. */
  private record Overdrawing(List<UUID> ids, AccountNumber vault, AccountNumber account) implements Instruction {

    @Override
    public long fingerprint(int index) {
      return index;
    }

    @Override
    public Decision decide(LedgerView view) {
      return new Decision.Accept(List.of(move(view, vault, account, 1), move(view, account, vault, 2)));
    }

    private static Effect move(LedgerView view, AccountNumber debit, AccountNumber credit, long cents) {
      var amount = Money.ofMinorUnits(cents, LedgerFixture.EUR);
      var today = view.currentDate();
      return new Effect.Transfer(debit, credit, amount, today, today.date(), Optional.empty());
    }
  }
}
