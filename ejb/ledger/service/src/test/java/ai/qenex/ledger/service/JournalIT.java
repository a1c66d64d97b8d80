package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.GeneralLedger;
import ai.qenex.ledger.GeneralLedger.Journal;
import ai.qenex.ledger.GeneralLedger.Line;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The day's journal, against turnovers added up transfer by transfer. */
class JournalIT {

  private final LedgerFixture ledger = new LedgerFixture();
  private final RandomHistory played = new RandomHistory(ledger, 21);
  private final GeneralLedger book = new JournalBook(ledger.database(), Clock.systemUTC());

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void addsUpTheDayByGlCodeAndAsset() {
    BusinessDate first = played.today();
    played.play(300);
    played.openNextDay();
    played.play(200);
    played.closeYesterday();
    played.play(100);
    assertEquals(turnover(first), book.recordJournal(first).lines());
  }

  @Test
  void knowsAccountsThatAreNotProjectedYet() {
    ledger.awaitProjection();
    BusinessDate first = played.today();
    played.whileProjectionStands(() -> {
      played.openAccount();
      played.openAccount();
      played.play(300);
      played.openNextDay();
      assertEquals(turnover(first), book.recordJournal(first).lines());
    });
  }

  /** The slow and obvious way. */
  private List<Line> turnover(BusinessDate date) {
    Map<String, Money[]> sums = new TreeMap<>();
    for (TransferPosted transfer : played.transfers()) {
      if (transfer.businessDate().equals(date)) {
        add(sums, transfer.debit(), transfer.amount(), 0);
        add(sums, transfer.credit(), transfer.amount(), 1);
      }
    }
    return sums.entrySet().stream()
        .map(sum -> new Line(sum.getKey().split(" ")[0], sum.getValue()[0], sum.getValue()[1])).toList();
  }

  private void add(Map<String, Money[]> sums, AccountNumber account, Money amount, int side) {
    String glCode = ChartOfAccounts.glCodeOf(ledger.engine().state().account(account).orElseThrow());
    var zero = new Money(Amount.ZERO, amount.asset());
    Money[] sum = sums.computeIfAbsent(glCode + " " + amount.asset(), key -> new Money[] {zero, zero});
    sum[side] = sum[side].plus(amount);
  }

  @Test
  void balancesPerAsset() {
    played.play(300);
    BusinessDate first = played.today();
    played.openNextDay();
    Map<Asset, Money> nets = new HashMap<>();
    for (Line line : book.recordJournal(first).lines()) {
      nets.merge(line.debits().asset(), line.debits().minus(line.credits()), Money::plus);
    }
    assertEquals(2, nets.size());
    assertTrue(nets.values().stream().allMatch(net -> net.amount().isZero()));
  }

  @Test
  void tellsATurnoverOfMoreThan38DigitsInSeveralLines() {
    BusinessDate first = played.today();
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    BigInteger largest = BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE);
    var all = new Money(Amount.of(largest), LedgerFixture.EUR);
    for (int i = 0; i < 3; i++) {
      ledger.submit(PostTransfers.of(TransferOrder.of(LedgerFixture.newId(), vault, ada, all)));
      ledger.submit(PostTransfers.of(TransferOrder.of(LedgerFixture.newId(), ada, vault, all)));
    }
    played.openNextDay();
    Journal journal = book.recordJournal(first);
    assertEquals(6, journal.lines().size());
    assertTrue(journal.lines().stream().allMatch(line -> line.debits().equals(all) && line.credits().equals(all)));
    assertEquals(journal, book.recordJournal(first));
  }

  @Test
  void recordsOnceHoweverOftenAndFromWhereItIsAsked() throws Exception {
    played.play(100);
    BusinessDate first = played.today();
    played.openNextDay();
    var transactions = new TransactionPerCall(ledger.database());
    Callable<Journal> call = () -> transactions.run(database -> new JournalBook(database, Clock.systemUTC())
        .recordJournal(first));
    var pool = Executors.newFixedThreadPool(8);
    var journals = new HashSet<Journal>();
    for (var answer : pool.invokeAll(List.of(call, call, call, call, call, call, call, call))) {
      journals.add(answer.get());
    }
    pool.shutdown();
    assertEquals(1, journals.size());
    assertEquals(journals.iterator().next(), book.recordJournal(first));
    assertEquals(1, ledger.count("select count(*) from ledger.outbox where destination = 'qenex.gl.journal'"));
    assertEquals(1, ledger.count("select count(*) from ledger.journal j join ledger.outbox o using (event_id)"));
  }

  @Test
  void recordsNothingIfTheTransactionFails() {
    played.play(100);
    BusinessDate first = played.today();
    played.openNextDay();
    assertThrows(IllegalStateException.class, () -> new TransactionPerCall(ledger.database()).run(database -> {
      new JournalBook(database, Clock.systemUTC()).recordJournal(first);
      throw new IllegalStateException("the caller fails");
    }));
    assertEquals(0,
        ledger.count("select count(*) from ledger.outbox") + ledger.count("select count(*) from ledger.journal"));
  }

  @Test
  void refusesDaysThatAreNotOver() {
    BusinessDate first = played.today();
    assertEquals(ErrorCode.CONFLICTING_STATE,
        assertThrows(QenexException.class, () -> book.recordJournal(first)).code());
    var never = BusinessDate.parse("2001-01-01");
    assertEquals(ErrorCode.NOT_FOUND, assertThrows(QenexException.class, () -> book.recordJournal(never)).code());
  }

  @Test
  void drawsUpAnEmptyJournalOfADayWithoutTransfers() {
    BusinessDate first = played.today();
    played.openNextDay();
    assertEquals(List.of(), book.recordJournal(first).lines());
    assertEquals(1, ledger.count("select count(*) from ledger.outbox"));
  }
}
