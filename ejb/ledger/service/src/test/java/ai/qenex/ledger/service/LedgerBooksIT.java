package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Books;
import ai.qenex.ledger.Books.Line;
import ai.qenex.ledger.GeneralLedger;
import ai.qenex.ledger.GlAccount;
import ai.qenex.ledger.GlAccount.Side;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Product;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** BOOKS-1: trial balances of open and closed days against books kept transfer by transfer. */
class LedgerBooksIT {

  private final LedgerFixture ledger = new LedgerFixture();
  private final RandomHistory played = new RandomHistory(ledger, 7);
  private final Books books = new LedgerBooks(ledger.database(), played::today);

  @AfterEach
  void close() {
    ledger.close();
  }

  private String codeOf(AccountNumber number) {
    return ChartOfAccounts.glCodeOf(ledger.engine().state().account(number).orElseThrow());
  }

  /** The slow and obvious way: every transfer of the log. */
  private List<Line> naive(BusinessDate date, Asset asset) {
    var lines = new TreeMap<String, Line>();
    for (TransferPosted transfer : played.transfers()) {
      if (transfer.amount().asset().equals(asset) && !transfer.businessDate().isAfter(date)) {
        BigInteger amount = transfer.amount().amount().toBigInteger();
        boolean today = transfer.businessDate().equals(date);
        BigInteger zero = BigInteger.ZERO;
        add(lines, codeOf(transfer.debit()), today ? new Line("", zero, amount, zero)
            : new Line("", amount.negate(), zero, zero));
        add(lines, codeOf(transfer.credit()), today ? new Line("", zero, zero, amount)
            : new Line("", amount, zero, zero));
      }
    }
    return lines.values().stream().filter(line -> line.opening().signum() != 0 || line.debits().signum() != 0
        || line.credits().signum() != 0).toList();
  }

  private static void add(TreeMap<String, Line> lines, String code, Line moved) {
    Line before = lines.getOrDefault(code, new Line(code, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO));
    lines.put(code, new Line(code, before.opening().add(moved.opening()), before.debits().add(moved.debits()),
        before.credits().add(moved.credits())));
  }

  private void assertBooks(BusinessDate date) {
    for (Asset asset : List.of(LedgerFixture.EUR, LedgerFixture.QXC)) {
      Books.TrialBalance balance = books.trialBalance(date, asset);
      assertEquals(naive(date, asset), balance.lines());
      assertEquals(BigInteger.ZERO, balance.total().opening());
      assertEquals(BigInteger.ZERO, balance.total().closing());
      assertEquals(balance.total().debits(), balance.total().credits());
    }
  }

  @Test
  void balancesOpenAndClosedDaysWhetherAddedUpBeforeOrNot() {
    BusinessDate first = played.today();
    played.play(200);
    assertBooks(first);
    played.openNextDay();
    BusinessDate second = played.today();
    played.play(200);
    assertBooks(first);
    assertBooks(second);
    played.closeYesterday();
    played.play(100);
    played.openNextDay();
    BusinessDate third = played.today();
    played.play(100);
    played.closeYesterday();
    played.play(50);
    assertBooks(third);
    assertEquals(2, ledger.count("select count(*) from ledger.gl_day_summed"));
    assertBooks(second);
    assertBooks(first);
  }

  @Test
  void reopensWhereTheDayBeforeClosed() {
    BusinessDate first = played.today();
    played.play(200);
    played.openNextDay();
    played.closeYesterday();
    played.play(200);
    List<Line> closed = books.trialBalance(first, LedgerFixture.EUR).lines();
    List<Line> next = books.trialBalance(played.today(), LedgerFixture.EUR).lines();
    for (Line line : closed) {
      assertEquals(line.closing(), next.stream().filter(other -> other.glCode().equals(line.glCode()))
          .map(Line::opening).findFirst().orElse(BigInteger.ZERO));
    }
  }

  @Test
  void agreesWithTheJournalAndReadsNoClosedDayTwice() {
    BusinessDate first = played.today();
    played.play(200);
    played.openNextDay();
    played.closeYesterday();
    played.play(100);
    Books.TrialBalance balance = books.trialBalance(first, LedgerFixture.EUR);
    List<GeneralLedger.Line> journal = new JournalBook(ledger.database(), Clock.systemUTC()).recordJournal(first)
        .lines().stream().filter(line -> line.debits().asset().equals(LedgerFixture.EUR)).toList();
    assertEquals(journal.stream().map(line -> line.glCode() + " " + line.debits().amount() + " "
        + line.credits().amount()).toList(),
        balance.lines().stream().map(line -> line.glCode() + " " + line.debits() + " " + line.credits()).toList());
    ledger.awaitProjection();
    ledger.execute("update ledger.gl_day set debits = debits + 1, credits = credits + 1");
    assertEquals(balance.lines().stream().map(line -> line.debits().add(BigInteger.ONE)).toList(),
        books.trialBalance(first, LedgerFixture.EUR).lines().stream().map(Line::debits).toList(),
        "a closed day is read from its sums");
  }

  @Test
  void knowsAccountsAndDaysThatAreNotProjectedYet() {
    ledger.awaitProjection();
    BusinessDate first = played.today();
    played.whileProjectionStands(() -> {
      played.openAccount();
      played.openAccount();
      played.play(100);
      played.openNextDay();
      played.closeYesterday();
      played.play(100);
      assertBooks(first);
      assertBooks(played.today());
    });
    assertBooks(first);
    assertBooks(played.today());
  }

  @Test
  void sumsUpTheChartsHierarchy() {
    played.play(200);
    BigInteger all = BigInteger.ZERO;
    for (String top : List.of("1", "2", "4", "5")) {
      Books.GlBalance balance = books.balance(top, LedgerFixture.EUR, Optional.empty());
      all = all.add(balance.total());
      assertEquals(balance.total(), balance.below().stream().map(Books.Below::total)
          .reduce(balance.own(), BigInteger::add));
    }
    assertEquals(BigInteger.ZERO, all);
    BigInteger deposits = played.accounts().stream()
        .map(number -> ledger.engine().state().committed(number).orElseThrow())
        .filter(account -> account.account().product() != Product.INTERNAL
            && account.account().asset().equals(LedgerFixture.EUR))
        .map(account -> account.booked().toBigInteger()).reduce(BigInteger.ZERO, BigInteger::add);
    assertEquals(deposits, books.balance("2", LedgerFixture.EUR, Optional.empty()).total());
  }

  @Test
  void letsTheChartGrowButNeverIntoACircle() {
    in(books -> books.add(new GlAccount("1250", "Gold", Side.DEBIT, Optional.of("1"))));
    in(books -> books.add(new GlAccount("12501", "Gold bars", Side.DEBIT, Optional.of("1250"))));
    in(books -> books.change(new GlAccount("1250", "Gold in vaults", Side.DEBIT, Optional.of("19"))));
    assertEquals(List.of("Gold in vaults", "Gold bars"), books.chart().stream()
        .filter(line -> line.code().startsWith("125")).map(GlAccount::name).toList());
    assertFault(ErrorCode.CONFLICTING_STATE,
        () -> in(books -> books.add(new GlAccount("1250", "Gold", Side.DEBIT, Optional.empty()))));
    assertFault(ErrorCode.CONFLICTING_STATE,
        () -> in(books -> books.change(new GlAccount("1250", "Gold", Side.DEBIT, Optional.of("12501")))));
    assertFault(ErrorCode.CONFLICTING_STATE,
        () -> in(books -> books.change(new GlAccount("1250", "Gold", Side.DEBIT, Optional.of("1250")))));
    assertFault(ErrorCode.NOT_FOUND,
        () -> in(books -> books.add(new GlAccount("77", "X", Side.DEBIT, Optional.of("76")))));
    assertFault(ErrorCode.NOT_FOUND,
        () -> in(books -> books.change(new GlAccount("77", "X", Side.DEBIT, Optional.empty()))));
    assertFault(ErrorCode.NOT_FOUND, () -> books.balance("77", LedgerFixture.EUR, Optional.empty()));
    assertFault(ErrorCode.NOT_FOUND,
        () -> books.trialBalance(BusinessDate.parse("2001-01-01"), LedgerFixture.EUR));
  }

  /** In a transaction, as the bean does. */
  private void in(Consumer<Books> work) {
    new TransactionPerCall(ledger.database()).run(database -> {
      work.accept(new LedgerBooks(database, played::today));
      return true;
    });
  }

  private static void assertFault(ErrorCode code, Executable call) {
    assertEquals(code, assertThrows(QenexException.class, call).code());
  }
}
