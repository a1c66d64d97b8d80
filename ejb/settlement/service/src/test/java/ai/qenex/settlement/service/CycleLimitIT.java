package ai.qenex.settlement.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.settlement.Obligation;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cycle takes 38 digits and not one minor unit more, whoever records at the same time. */
class CycleLimitIT {

  private static final UuidV7 IDS = new UuidV7(InstantSource.system(), new Random(3));
  private static final Asset EUR = new Asset("EUR", 2);
  private static final Bic B = new Bic("BBBBDEFF");
  private static final Bic C = new Bic("CCCCDEFF");
  private static final BigInteger MOST = BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE);

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
  void aCycleTakesAsManyDigitsAsAnAmountHas() throws SQLException {
    BusinessDate date = BusinessDate.parse("2027-01-04");
    Obligation small = owes(date, BigInteger.TEN);
    record(small);
    assertRefused(owes(date, MOST));
    assertRefused(owes(date, MOST.subtract(BigInteger.TEN)), owes(date, BigInteger.ONE));
    Obligation rest = owes(date, MOST.subtract(BigInteger.TEN));
    record(rest);
    assertRefused(owes(date, BigInteger.ONE));
    record(small, rest);
    assertEquals(MOST, gross(date));
  }

  @Test
  void cyclesOfOtherDaysAreNotConcerned() throws SQLException {
    record(owes(BusinessDate.parse("2027-01-05"), MOST));
    record(owes(BusinessDate.parse("2027-01-06"), MOST));
  }

  @Test
  void recordersAtTheSameTimeDoNotPassTheLimitTogether() throws Exception {
    BusinessDate date = BusinessDate.parse("2027-01-07");
    record(owes(date, MOST.subtract(BigInteger.TEN)));
    List<Future<Integer>> recorders = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      recorders.add(CompletableFuture.supplyAsync(() -> recordUntilRefused(date)));
    }
    int accepted = 0;
    for (Future<Integer> recorder : recorders) {
      accepted += recorder.get(60, TimeUnit.SECONDS);
    }
    assertEquals(10, accepted);
    assertEquals(MOST, gross(date));
  }

  private static int recordUntilRefused(BusinessDate date) {
    for (int accepted = 0; accepted < 100; accepted++) {
      try {
        record(owes(date, BigInteger.ONE));
      } catch (QenexException refused) {
        return accepted;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return 100;
  }

  private static void assertRefused(Obligation... obligations) {
    QenexException fault = assertThrows(QenexException.class, () -> record(obligations));
    assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    assertTrue(fault.getMessage().contains("more than 38 digits"), fault.getMessage());
  }

  private static Obligation owes(BusinessDate date, BigInteger minorUnits) {
    synchronized (IDS) {
      return new Obligation(IDS.next(), B, C, new Money(Amount.of(minorUnits), EUR), date);
    }
  }

  private static void record(Obligation... obligations) throws SQLException {
    try (Connection connection = database.begin()) {
      new ObligationStore(connection, IDS, day -> true).insert(List.of(obligations));
      connection.commit();
    }
  }

  private static BigInteger gross(BusinessDate date) throws SQLException {
    try (Connection connection = database.source().getConnection()) {
      return new CycleReader(connection).cyclesOf(date).get(0).gross().amount().toBigInteger();
    }
  }
}
