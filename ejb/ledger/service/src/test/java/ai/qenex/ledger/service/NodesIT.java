package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.await;
import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: one leads, the other stands by, and no moment has two that write. */
class NodesIT {

  private static final Duration TAKEOVER = Duration.ofSeconds(10);

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
  void turnsCallersAwayOnAStandbyAndNamesTheLeader() throws InterruptedException {
    try (LedgerEngine second = ledger.newNode(ledger.database(), "second")) {
      assertTrue(second.awaitStart(TAKEOVER));
      for (var call : List.<Runnable>of(() -> second.submit(transfer(vault, ada, 1)), second::state,
          second::requireLead)) {
        var refused = assertThrows(QenexException.class, call::run);
        assertEquals(ErrorCode.NOT_LEADER, refused.code());
        assertTrue(refused.getMessage().contains("node second is standby; node first leads"), refused.getMessage());
      }
      assertFalse(second.leads());
      assertTrue(ledger.engine().leads());
      assertTrue(ledger.submit(transfer(vault, ada, 1)) instanceof Outcome.Accepted);
    }
  }

  @Test
  void takesOverAtOnceAfterACleanStop() {
    PostTransfers known = transfer(vault, ada, 5);
    ledger.submit(known);
    LedgerEngine second = ledger.newNode(ledger.database(), "second");
    await(() -> second.whyNotReady().orElse("").contains("standby"));
    ledger.engine().close();
    long stopped = System.nanoTime();
    await(() -> second.whyNotReady().isEmpty());
    Duration takeover = Duration.ofNanos(System.nanoTime() - stopped);
    assertTrue(takeover.compareTo(LedgerFixture.LEASE) < 0, () -> "took over after " + takeover);
    ledger.use(second);
    assertTrue(((Outcome.Accepted) ledger.submit(known)).repeated());
    assertEquals(5, ledger.booked(ada));
  }

  @Test
  void takesOverFromALeaderThatLostItsNetwork() throws Exception {
    try (var proxy = new ReplyDroppingProxy(LedgerFixture.port())) {
      LedgerEngine first = leaderThrough(proxy);
      PostTransfers known = transfer(vault, ada, 5);
      first.submit(known);
      LedgerEngine second = ledger.newNode(ledger.database(), "second");
      await(() -> second.whyNotReady().orElse("").contains("standby"));
      proxy.goAway();
      assertLeadsInTime(second);
      assertEquals(ErrorCode.UNAVAILABLE, assertThrows(QenexException.class, first::state).code());
      ledger.use(second);
      assertTrue(((Outcome.Accepted) ledger.submit(known)).repeated());
      ledger.submit(transfer(vault, ada, 7));
      proxy.comeBack();
      await(() -> first.whyNotReady().orElse("").contains("standby; node second leads"));
      assertEquals(ErrorCode.NOT_LEADER, assertThrows(QenexException.class, first::state).code());
      assertEquals(12, ledger.booked(ada));
      first.close();
    }
  }

  /** Frozen in the middle of its transaction, whose locks the database keeps until somebody ends it. */
  @Test
  void fencesALeaderThatWasFrozenWhileItWrote() throws Exception {
    try (var proxy = new ReplyDroppingProxy(LedgerFixture.port())) {
      LedgerEngine first = leaderThrough(proxy);
      LedgerEngine second = ledger.newNode(ledger.database(), "second");
      await(() -> second.whyNotReady().orElse("").contains("standby"));
      List<CompletableFuture<Boolean>> asked = new ArrayList<>();
      List<PostTransfers> orders = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        PostTransfers order = transfer(vault, ada, 1);
        orders.add(order);
        asked.add(CompletableFuture.supplyAsync(() -> isAnswered(first, order)));
        if (i == 100) {
          proxy.freeze();
        }
      }
      assertLeadsInTime(second);
      assertThrows(QenexException.class, first::state);
      ledger.use(second);
      ledger.submit(transfer(vault, ada, 1_000));
      proxy.thaw();
      await(() -> first.whyNotReady().orElse("").contains("standby; node second leads"));
      for (int i = 0; i < asked.size(); i++) {
        boolean answered = asked.get(i).get();
        Outcome again = ledger.submit(orders.get(i));
        assertTrue(!answered || ((Outcome.Accepted) again).repeated(), "acknowledged and lost");
      }
      assertEquals(1_000 + asked.size(), ledger.booked(ada));
      first.close();
    }
  }

  @Test
  void changesTheLeadManyTimesWithoutLosingAnything() {
    int rounds = 10;
    for (int round = 1; round <= rounds; round++) {
      LedgerEngine next = ledger.newNode(ledger.database(), "node" + round);
      await(() -> next.whyNotReady().orElse("").contains("standby"));
      ledger.submit(transfer(vault, ada, 1));
      ledger.engine().close();
      await(() -> next.whyNotReady().isEmpty());
      ledger.use(next);
      assertEquals(round, ledger.booked(ada));
    }
  }

  private LedgerEngine leaderThrough(ReplyDroppingProxy proxy) {
    ledger.engine().close();
    return ledger.newEngine(ledger.through(proxy));
  }

  private static void assertLeadsInTime(LedgerEngine standby) {
    long begin = System.nanoTime();
    await(() -> standby.whyNotReady().isEmpty());
    Duration takeover = Duration.ofNanos(System.nanoTime() - begin);
    assertTrue(takeover.compareTo(TAKEOVER) <= 0, () -> "took over after " + takeover);
  }

  private static boolean isAnswered(LedgerEngine engine, PostTransfers order) {
    try {
      return engine.submit(order) instanceof Outcome.Accepted;
    } catch (QenexException unknown) {
      return false;
    }
  }
}
