package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountHistory.Selection;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.HistoryOrder;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerRebuild;
import ai.qenex.ledger.LedgerRebuild.State;
import ai.qenex.ledger.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever became of the projections, they come back from the log, and nobody notices. */
class RebuildIT {

  private static final List<String> DAMAGES = List.of(
      "update ledger.account set balance = balance + 7, owner = 'Mallory' where number = 2",
      "update ledger.account set status = 'frozen' where number = 3",
      "delete from ledger.posting where account = 1",
      "update ledger.posting set offsets = '\\x000000ff' where account = 2",
      "insert into ledger.posting (account, seq, offsets) values (3, 1, '\\x00000000')",
      "delete from ledger.shifted",
      "delete from ledger.period",
      "update ledger.hold set held = 0, status = 'released' where status = 'open'",
      "update ledger.account set held = held + 1 where number = 1",
      "update ledger.business_day set opened_seq = opened_seq + 1");

  private final LedgerFixture ledger = new LedgerFixture(LedgerFixture.settingsWithProjections(200));
  private final RandomHistory played = new RandomHistory(ledger, 21);
  private final LedgerRebuild rebuild = new ProjectionRebuild(ledger.database(), ledger.engine());

  @AfterEach
  void close() {
    ledger.close();
  }

  private void playDays() {
    played.play(600);
    played.openNextDay();
    played.play(400);
    played.closeYesterday();
    played.closePeriod();
    played.play(200);
    ledger.awaitProjection();
  }

  @Test
  void rebuildsWhatWasDamagedWhilePostingGoesOn() throws Exception {
    playDays();
    DAMAGES.forEach(ledger::execute);
    assertNotEquals(ProjectionOracle.expected(played.log()), ProjectionOracle.kept(ledger));
    whilePosting(() -> {
      rebuild.request();
      awaitDone();
    });
    ledger.awaitProjection();
    assertEquals(ProjectionOracle.expected(played.log()), ProjectionOracle.kept(ledger));
    assertEquals(List.of(), ledger.brokenLaws());
    assertEquals(List.of(), new BookProof(ledger.database(), Clock.systemUTC()).check().violations());
    ledger.restart();
    played.play(100);
    ledger.awaitProjection();
    assertEquals(ProjectionOracle.expected(played.log()), ProjectionOracle.kept(ledger));
  }

  @Test
  void survivesALostWatermark() {
    playDays();
    ledger.execute("delete from ledger.projection; delete from ledger.account where number > 4");
    rebuild.request();
    awaitDone();
    played.play(50);
    ledger.awaitProjection();
    assertEquals(ProjectionOracle.expected(played.log()), ProjectionOracle.kept(ledger));
  }

  @Test
  void readersSeeNoHoles() throws Exception {
    playDays();
    var pages = new PagedHistory(ledger.database(), ledger.engine().recent());
    AccountNumber busy = played.accounts().get(0);
    whilePosting(() -> {
      for (int round = 0; round < 3; round++) {
        rebuild.request();
        for (int look = 0; !isDone(); look++) {
          assertChained(busy, pages);
          if (look % 5 == 0) {
            assertEquals(List.of(), new BookProof(ledger.database(), Clock.systemUTC()).check().violations());
          }
        }
      }
    });
  }

  /** Each transfer starts from the balance that the one before it left: a hole would break the chain. */
  private static void assertChained(AccountNumber account, PagedHistory pages) {
    var selection = new Selection(new Span.Whole(), HistoryOrder.OLDEST_FIRST);
    Optional<String> cursor = Optional.empty();
    Amount balance = Amount.ZERO;
    do {
      Page<TransferPosted> page = pages.page(account, selection, 200, cursor);
      for (TransferPosted transfer : page.items()) {
        boolean pays = transfer.debit().equals(account);
        balance = pays
            ? balance.minus(transfer.amount().amount())
            : balance.plus(transfer.amount().amount());
        assertEquals(balance, pays ? transfer.debitBalance() : transfer.creditBalance());
      }
      cursor = page.next();
    } while (cursor.isPresent());
  }

  @Test
  void goesOnAfterACrash() {
    playDays();
    ledger.execute("delete from ledger.shifted");
    rebuild.request();
    LedgerFixture.await(() -> rebuild.progress().seq() > 0 || isDone());
    ledger.engine().close();
    boolean wasDone = isDone();
    assertFalse(wasDone, "the log is long enough to stop on the way");
    long seq = rebuild.progress().seq();
    ledger.start(ledger.database());
    awaitDone();
    assertTrue(rebuild.progress().seq() > seq);
    ledger.awaitProjection();
    assertEquals(ProjectionOracle.expected(played.log()), ProjectionOracle.kept(ledger));
  }

  @Test
  void keepsTheShapeOfTheTables() throws SQLException {
    playDays();
    List<String> before = shape();
    rebuild.request();
    awaitDone();
    assertEquals(before, shape());
    assertEquals(0, ledger.count("select count(*) from pg_namespace where nspname = '" + ShadowTables.SCHEMA + "'"));
  }

  private List<String> shape() throws SQLException {
    var shape = new ArrayList<String>();
    try (Connection connection = ledger.database().getConnection()) {
      for (String sql : List.of(
          "select indexdef from pg_indexes where schemaname = 'ledger' order by 1",
          "select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint "
              + "where connamespace = 'ledger'::regnamespace order by 1",
          "select relname || ' ' || coalesce(array_to_string(reloptions, ' '), '') from pg_class "
              + "where relnamespace = 'ledger'::regnamespace and relkind in ('r', 'p', 'i') order by 1",
          "select table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' "
              + "|| ordinal_position from information_schema.columns where table_schema = 'ledger' order by 1")) {
        shape.addAll(ProjectionOracle.texts(connection, sql));
      }
    }
    return shape;
  }

  private void whilePosting(Runnable work) throws InterruptedException {
    var stop = new AtomicBoolean();
    var posting = new Thread(() -> {
      while (!stop.get()) {
        played.play(50);
        ledger.awaitProjection();
      }
    });
    posting.start();
    try {
      work.run();
    } finally {
      stop.set(true);
      posting.join();
    }
  }

  private boolean isDone() {
    return rebuild.progress().state() == State.DONE;
  }

  private void awaitDone() {
    LedgerFixture.await(() -> {
      assertNotEquals(State.FAILED, rebuild.progress().state(), rebuild.progress().toString());
      return isDone();
    });
  }
}
