package ai.qenex.settlement.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.settlement.ClearingCycle;
import ai.qenex.settlement.CycleStatus;
import ai.qenex.settlement.Obligation;
import ai.qenex.settlement.netting.Netting;
import ai.qenex.settlement.service.CycleStore.CycleRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of settlement on a real PostgreSQL, each test on a business date of its own. */
class CycleStoreIT {

  private static final UuidV7 IDS = new UuidV7(InstantSource.system(), new Random(1));
  private static final Asset EUR = new Asset("EUR", 2);
  private static final Asset QXC = new Asset("QXC", 18);
  private static final Bic US = new Bic("QENXDEFF");
  private static final Bic B = new Bic("BBBBDEFF");
  private static final Bic C = new Bic("CCCCDEFF");

  private static SettlementDatabase database;

  @BeforeAll
  static void start() {
    database = new SettlementDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void opensOneCyclePerDateAndAssetForTheFirstObligation() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-04");
    record(owes(date, US, B, "12.50"), owes(date, B, C, "1.00"),
        new Obligation(IDS.next(), US, B, Money.parse("0.000000000000000001", QXC), date));
    List<ClearingCycle> cycles = cycles(date);
    assertEquals(List.of("EUR", "QXC"), cycles.stream().map(cycle -> cycle.asset().code()).toList());
    assertEquals(2, cycles.get(0).obligations());
    assertEquals(Money.parse("13.50", EUR), cycles.get(0).gross());
    assertEquals(CycleStatus.OPEN, cycles.get(0).status());
  }

  @Test
  void passesOverAnObligationThatIsRecordedAlready() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-05");
    Obligation obligation = owes(date, US, B, "5.00");
    record(obligation);
    record(obligation, owes(date, US, B, "1.00"));
    assertEquals(Money.parse("6.00", EUR), cycles(date).get(0).gross());
  }

  @Test
  void refusesAnIdThatComesBackWithOtherFigures() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-14");
    Obligation old = owes(date, US, B, "5.00");
    record(old);
    List<Obligation> others = List.of(new Obligation(old.id(), C, B, old.amount(), date),
        new Obligation(old.id(), US, C, old.amount(), date),
        new Obligation(old.id(), US, B, Money.parse("5.01", EUR), date),
        new Obligation(old.id(), US, B, Money.parse("5", QXC), date),
        new Obligation(old.id(), US, B, old.amount(), BusinessDate.parse("2027-01-15")));
    Obligation bystander = owes(date, US, B, "1.00");
    for (Obligation other : others) {
      assertOtherFigures(old, bystander, other);
    }
    Obligation twice = owes(date, US, B, "2.00");
    assertOtherFigures(twice, twice, new Obligation(twice.id(), US, B, Money.parse("3.00", EUR), date));
    assertEquals(Money.parse("5.00", EUR), cycles(date).get(0).gross());
    close(date);
    record(old);
    assertOtherFigures(old, others.get(0));
    assertOtherFigures(old, others.get(3));
  }

  private static void assertOtherFigures(Obligation recorded, Obligation... call) {
    QenexException fault = assertThrows(QenexException.class, () -> record(call));
    assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    assertEquals("obligation " + recorded.id() + " was recorded with other figures", fault.getMessage());
  }

  @Test
  void refusesANewObligationOfAClosedDayButPassesOverAnOldOne() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-06");
    Obligation old = owes(date, US, B, "5.00");
    record(old);
    close(date);
    record(old);
    assertConflict(owes(date, US, B, "5.00"));
    assertConflict(new Obligation(IDS.next(), US, B, Money.parse("1", QXC), date));
    assertEquals(1, cycles(date).size());
  }

  @Test
  void refusesTheFirstObligationOfADayThatTheLedgerDoesNotHaveOpen() throws SQLException {
    BusinessDate date = BusinessDate.parse("2020-01-06");
    try (Connection connection = database.begin()) {
      var store = new ObligationStore(connection, IDS, day -> false);
      var fault = assertThrows(QenexException.class, () -> store.insert(List.of(owes(date, US, B, "1.00"))));
      assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    }
  }

  /** Closing waits until the transaction that records has ended, so no obligation slips in behind it. */
  @Test
  void closingWaitsForObligationsThatAreBeingRecorded() throws Exception {
    BusinessDate date = BusinessDate.parse("2027-01-07");
    record(owes(date, US, B, "1.00"));
    var closing = new CountDownLatch(1);
    try (Connection recording = database.begin()) {
      new ObligationStore(recording, IDS, day -> true).insert(List.of(owes(date, US, B, "2.00")));
      Future<Void> close = CompletableFuture.runAsync(() -> {
        closing.countDown();
        closeUnchecked(date);
      });
      assertTrue(closing.await(10, TimeUnit.SECONDS));
      assertThrows(java.util.concurrent.TimeoutException.class, () -> close.get(300, TimeUnit.MILLISECONDS));
      recording.commit();
      close.get(10, TimeUnit.SECONDS);
    }
    assertEquals(Money.parse("3.00", EUR), cycles(date).get(0).gross());
    assertEquals(CycleStatus.CLOSED, cycles(date).get(0).status());
  }

  /**
   * Whatever the interleaving of recorders and the cut-off: what was accepted is in the frozen set, what was refused is
   * not.
   */
  @Test
  void everyObligationIsEitherRefusedOrPartOfTheFrozenCycle() throws Exception {
    BusinessDate date = BusinessDate.parse("2027-01-08");
    record(owes(date, US, B, "1.00"));
    List<Future<Integer>> recorders = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      recorders.add(CompletableFuture.supplyAsync(() -> recordUntilRefused(date)));
    }
    closeUnchecked(date);
    long frozen = cycles(date).get(0).obligations();
    long accepted = 1;
    for (Future<Integer> recorder : recorders) {
      accepted += recorder.get(60, TimeUnit.SECONDS);
    }
    assertEquals(accepted, frozen);
    assertEquals(frozen, cycles(date).get(0).obligations());
  }

  @Test
  void fixesThePositionsOfAClosedCycle() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-11");
    record(owes(date, US, B, "10.00"), owes(date, B, C, "4.00"));
    close(date);
    net(date);
    ClearingCycle cycle = cycles(date).get(0);
    assertEquals(CycleStatus.NETTED, cycle.status());
    assertEquals(List.of(B, C, US), cycle.positions().stream().map(ClearingCycle.Position::bank).toList());
    assertEquals(Money.parse("6.00", EUR), cycle.positions().get(0).net());
    assertEquals(2, cycle.obligations());
  }

  @Test
  void databaseRefusesWhatTheLawsForbid() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-12");
    record(owes(date, US, B, "10.00"));
    String cycle = cycles(date).get(0).id().toString();
    String obligation = "insert into settlement.obligation values (gen_random_uuid(), '" + cycle + "', ";
    assertRefused("obligation_is_more_than_zero", obligation + "'AAAADEFF', 'BBBBDEFF', 0)");
    assertRefused("obligation_has_two_banks", obligation + "'AAAADEFF', 'AAAADEFF', 1)");
    assertRefused("open cycle",
        "insert into settlement.obligation values (gen_random_uuid(), gen_random_uuid(), 'AAAADEFF', 'BBBBDEFF', 1)");
    assertRefused("never changed", "update settlement.obligation set amount = 1");
    assertRefused("never changed", "delete from settlement.obligation");
    assertRefused("one_cycle_per_date_and_asset",
        "insert into settlement.cycle (id, business_date, asset, scale) values (gen_random_uuid(), '" + date
            + "', 'EUR', 2)");
    assertRefused("positions are fixed once",
        "insert into settlement.position values ('" + cycle + "', 'BBBBDEFF', 0, 1, 1)");
    assertRefused("one step forward", "update settlement.cycle set status = 3 where id = '" + cycle + "'");
    close(date);
    assertRefused("open cycle", obligation + "'AAAADEFF', 'BBBBDEFF', 1)");
    assertRefused("one step forward", "update settlement.cycle set status = 1 where id = '" + cycle + "'");
    assertRefused("net_is_received_less_sent",
        "insert into settlement.position values ('" + cycle + "', 'BBBBDEFF', 0, 1, 2)");
    assertRefused("takes no more cycles",
        "insert into settlement.cycle (id, business_date, asset, scale) values (gen_random_uuid(), '" + date
            + "', 'USD', 2)");
    database.run("insert into settlement.position values ('" + cycle + "', 'BBBBDEFF', 0, 1000, 1000)");
    assertRefused("not those of its obligations",
        "update settlement.cycle set status = 3, obligations = 1, gross = 1000,"
            + " netted_at = now() where id = '" + cycle + "'");
    database.run("insert into settlement.position values ('" + cycle + "', 'QENXDEFF', 1000, 0, -1000)");
    database.run("update settlement.cycle set status = 3, obligations = 1, gross = 1000, netted_at = now() where id = '"
        + cycle + "'");
    assertRefused("legs of cycle",
        "update settlement.cycle set status = 4, settled_at = now() where id = '" + cycle + "'");
  }

  @Test
  void recordsAHundredThousandObligationsInChunksWithinSeconds() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-13");
    List<Obligation> all = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      all.add(owes(date, US, i % 2 == 0 ? B : C, "1.00"));
    }
    long start = System.nanoTime();
    for (int from = 0; from < all.size(); from += 1_000) {
      record(all.subList(from, from + 1_000).toArray(Obligation[]::new));
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(100_000, cycles(date).get(0).obligations());
    assertFalse(taken.compareTo(Duration.ofSeconds(30)) > 0, "took " + taken);
  }

  private static int recordUntilRefused(BusinessDate date) {
    for (int accepted = 0; accepted < 100_000; accepted++) {
      try {
        record(owes(date, US, B, "1.00"));
      } catch (QenexException refused) {
        return accepted;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return 100_000;
  }

  private static Obligation owes(BusinessDate date, Bic payer, Bic payee, String amount) {
    synchronized (IDS) {
      return new Obligation(IDS.next(), payer, payee, Money.parse(amount, EUR), date);
    }
  }

  private static void record(Obligation... obligations) throws SQLException {
    try (Connection connection = database.begin()) {
      new ObligationStore(connection, IDS, day -> true).insert(List.of(obligations));
      connection.commit();
    }
  }

  private static void close(BusinessDate date) throws SQLException {
    try (Connection connection = database.begin()) {
      new CycleStore(connection).closeDay(date);
      connection.commit();
    }
  }

  private static void closeUnchecked(BusinessDate date) {
    try {
      close(date);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void net(BusinessDate date) throws SQLException {
    try (Connection connection = database.begin()) {
      var store = new CycleStore(connection);
      for (CycleRow cycle : store.lockCyclesOf(date)) {
        var owed = store.owed(cycle);
        store.net(cycle, owed.obligations(), Netting.of(cycle.asset(), owed.flows()));
      }
      connection.commit();
    }
  }

  private static List<ClearingCycle> cycles(BusinessDate date) throws SQLException {
    try (Connection connection = database.source().getConnection()) {
      return new CycleReader(connection).cyclesOf(date);
    }
  }

  private static void assertConflict(Obligation obligation) {
    assertEquals(ErrorCode.CONFLICTING_STATE, assertThrows(QenexException.class, () -> record(obligation)).code());
  }

  private static void assertRefused(String law, String sql) {
    String message = assertThrows(SQLException.class, () -> database.run(sql)).getMessage();
    assertTrue(message.contains(law), message);
  }
}
