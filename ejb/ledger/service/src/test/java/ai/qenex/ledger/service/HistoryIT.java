package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Page;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountHistory;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Balance;
import ai.qenex.ledger.HistoryOrder;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer about the past, against a walk through the whole log. */
class HistoryIT {

  private final LedgerFixture ledger = new LedgerFixture();
  /** One for thousands of questions. */
  private Connection connection;
  private LedgerHistory history;
  private BalanceHistory balances;
  private AccountHistory pages;

  @BeforeEach
  void open() throws SQLException {
    connection = ledger.database().getConnection();
    use(new RecentTransfers());
  }

  private void use(RecentTransfers recent) {
    history = new LogHistory(TransactionPerCall.through(connection), recent);
    balances = new LogBalances(TransactionPerCall.through(connection), recent);
    pages = new PagedHistory(TransactionPerCall.through(connection), recent);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    ledger.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAsTheLogWhereverTheProjectionIs(long seed) {
    var played = new RandomHistory(ledger, seed);
    played.play(400);
    played.openNextDay();
    played.play(200);
    ledger.awaitProjection();
    played.whileProjectionStands(() -> {
      played.closeYesterday();
      played.play(150);
      played.openNextDay();
      played.play(150);
      assertTrue(ledger.count("select seq from ledger.projection") < ledger.count("select seq from ledger.writer"));
      assertAnswersAsTheLog(played);
      use(ledger.engine().recent());
      assertAnswersAsTheLog(played);
    });
    played.play(100);
    ledger.awaitProjection();
    assertAnswersAsTheLog(played);
  }

  private void assertAnswersAsTheLog(RandomHistory played) {
    List<TransferPosted> transfers = played.transfers();
    List<Instant> times = played.log().stream().map(LedgerEntry::bookedAt).toList();
    for (AccountNumber account : played.accounts()) {
      List<TransferPosted> own = transfers.stream()
          .filter(transfer -> transfer.debit().equals(account) || transfer.credit().equals(account)).toList();
      assertPages(account, own, 7);
      assertPages(account, own, Page.MAX_LIMIT);
      assertSpans(account, own);
      assertBalancesAt(account, own, times);
      assertBalancesAtValueDates(account, own);
    }
    for (var date = LedgerFixture.FIRST_DAY.date().minusDays(1); !date
        .isAfter(played.today().date().plusDays(1)); date = date.plusDays(1)) {
      assertDay(new BusinessDate(date), transfers);
    }
  }

  private void assertPages(AccountNumber account, List<TransferPosted> own, int limit) {
    var pages = new ArrayList<TransferPosted>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<TransferPosted> page = history.transfersOf(account, limit, cursor);
      assertTrue(page.items().size() <= limit);
      pages.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    var expected = new ArrayList<>(own);
    Collections.reverse(expected);
    assertEquals(expected, pages);
  }

  private void assertSpans(AccountNumber account, List<TransferPosted> own) {
    assertSpan(account, new Span.Whole(), own);
    for (int day = -1; day <= 2; day++) {
      var from = new BusinessDate(LedgerFixture.FIRST_DAY.date().plusDays(day));
      var to = new BusinessDate(LedgerFixture.FIRST_DAY.date().plusDays(1));
      if (!to.isBefore(from)) {
        assertSpan(account, new Span.Days(from, to), own.stream()
            .filter(t -> !t.businessDate().isBefore(from) && !t.businessDate().isAfter(to)).toList());
      }
    }
    if (!own.isEmpty()) {
      Instant from = own.get(own.size() / 3).bookedAt();
      Instant to = own.get(own.size() * 2 / 3).bookedAt();
      assertSpan(account, new Span.Booked(from, to), own.stream()
          .filter(t -> !t.bookedAt().isBefore(from) && !t.bookedAt().isAfter(to)).toList());
      assertSpan(account, new Span.Booked(from.plusNanos(1), from.plusNanos(2)), List.of());
    }
  }

  private void assertSpan(AccountNumber account, Span span, List<TransferPosted> expected) {
    assertEquals(expected, allOf(account, new AccountHistory.Selection(span, HistoryOrder.OLDEST_FIRST)));
    var falling = new ArrayList<>(expected);
    Collections.reverse(falling);
    assertEquals(falling, allOf(account, new AccountHistory.Selection(span, HistoryOrder.NEWEST_FIRST)));
    AccountHistory.Extract extract = pages.begin(ledger.engine().state().account(account).orElseThrow(), span);
    var extracted = new ArrayList<TransferPosted>();
    for (var rest = Optional.of(extract); rest.isPresent();) {
      AccountHistory.Piece piece = pages.read(rest.get());
      extracted.addAll(piece.transfers());
      rest = piece.rest();
    }
    assertEquals(expected, extracted);
    assertEquals(sum(account, expected), extract.closing().amount().minus(extract.opening().amount()));
  }

  private List<TransferPosted> allOf(AccountNumber account, AccountHistory.Selection selection) {
    var all = new ArrayList<TransferPosted>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<TransferPosted> page = pages.page(account, selection, 23, cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  private void assertBalancesAt(AccountNumber number, List<TransferPosted> own, List<Instant> times) {
    Account account = ledger.engine().state().account(number).orElseThrow();
    for (int i = 0; i < times.size(); i += 1 + times.size() / 10) {
      for (Instant instant : List.of(times.get(i), times.get(i).minusNanos(1), times.get(i).plusNanos(1))) {
        List<TransferPosted> until =
            own.stream().filter(transfer -> !transfer.bookedAt().isAfter(instant)).toList();
        Balance balance = balances.balanceAt(account, instant);
        assertEquals(sum(number, until), balance.booked().amount(), () -> number + " at " + instant);
        if (!until.isEmpty()) {
          assertEquals(until.get(until.size() - 1).seq(), balance.seq());
        }
      }
    }
    assertEquals(sum(number, own), balances.balanceAt(account, Instant.MAX).booked().amount());
    assertTrue(balances.balanceAt(account, Instant.MAX).seq() > 0);
    assertEquals(0, balances.balanceAt(account, Instant.MIN).seq());
  }

  private void assertBalancesAtValueDates(AccountNumber number, List<TransferPosted> own) {
    Account account = ledger.engine().state().account(number).orElseThrow();
    for (int day = -4; day <= 8; day++) {
      LocalDate date = LedgerFixture.FIRST_DAY.date().plusDays(day);
      Amount expected = sum(number, own.stream().filter(transfer -> !transfer.valueDate().isAfter(date)).toList());
      assertEquals(expected, balances.balanceAtValueDate(account, date).booked().amount(), () -> number + " " + date);
    }
  }

  private static Amount sum(AccountNumber account, List<TransferPosted> transfers) {
    Amount sum = Amount.ZERO;
    for (TransferPosted transfer : transfers) {
      Amount amount = transfer.amount().amount();
      sum = transfer.credit().equals(account) ? sum.plus(amount) : sum.minus(amount);
    }
    return sum;
  }

  private void assertDay(BusinessDate date, List<TransferPosted> transfers) {
    List<TransferPosted> ofDay = transfers.stream().filter(transfer -> transfer.businessDate().equals(date)).toList();
    List<AccountNumber> moved = ofDay.stream()
        .flatMap(transfer -> List.of(transfer.debit(), transfer.credit()).stream()).distinct().sorted().toList();
    assertEquals(moved, history.accountsMovedOn(date));
    for (AccountNumber account : moved) {
      var received = new ArrayList<TransferPosted>();
      history.transfersOn(date, account, received::add);
      assertEquals(ofDay.stream()
          .filter(transfer -> transfer.debit().equals(account) || transfer.credit().equals(account)).toList(),
          received);
    }
  }

  @Test
  void findsEntriesByIdInLogOrder() {
    var played = new RandomHistory(ledger, 5);
    played.play(100);
    List<LedgerEntry> log = played.log();
    var ids = new ArrayList<>(log.stream().map(LedgerEntry::id).toList());
    ids.add(UUID.randomUUID());
    ids.add(ids.get(0));
    Collections.reverse(ids);
    assertEquals(log, history.findAll(ids));
    assertEquals(log.get(3), history.find(log.get(3).id()).orElseThrow());
    assertTrue(history.find(UUID.randomUUID()).isEmpty());
    assertTrue(history.findAll(List.of()).isEmpty());
  }

  @Test
  void pagesThroughManyProjections() {
    var played = new RandomHistory(ledger, 6);
    for (int i = 0; i < 40; i++) {
      played.play(50);
      ledger.awaitProjection();
    }
    assertTrue(ledger.count("select count(distinct seq) from ledger.posting") >= 40);
    assertAnswersAsTheLog(played);
  }

  @Test
  void handsOverDaysOfBusyAccountsSliceBySlice() {
    var played = new RandomHistory(ledger, 8);
    post(played, 7_000);
    ledger.awaitProjection();
    played.whileProjectionStands(() -> {
      post(played, 6_000);
      assertDay(LedgerFixture.FIRST_DAY, played.transfers());
    });
    ledger.awaitProjection();
    assertDay(LedgerFixture.FIRST_DAY, played.transfers());
  }

  private void post(RandomHistory played, int transfers) {
    var batch = new ArrayList<Instruction>();
    for (int i = 0; i < transfers; i++) {
      batch.add(LedgerFixture.transfer(played.accounts().get(0), played.accounts().get(1), 1));
    }
    ledger.engine().submitAll(batch);
  }

  @Test
  void refusesCursorsThatAreNotItsOwn() {
    var played = new RandomHistory(ledger, 7);
    played.play(100);
    AccountNumber account = played.accounts().get(0);
    String cursor = history.transfersOf(account, 1, Optional.empty()).next().orElseThrow();
    assertFalse(history.transfersOf(account, 1, Optional.of(cursor)).items().isEmpty());
    char other = cursor.charAt(5) == 'A' ? 'B' : 'A';
    for (String wrong : List.of("", "1", cursor + "A", cursor.substring(1), "\u20ac".repeat(cursor.length()),
        cursor.substring(0, 5) + other + cursor.substring(6),
        PageCursor.of(new AccountNumber(account.value() + 1), HistoryOrder.NEWEST_FIRST, 1),
        PageCursor.of(account, HistoryOrder.OLDEST_FIRST, 1))) {
      assertRefused(() -> history.transfersOf(account, 1, Optional.of(wrong)));
    }
    assertRefused(() -> history.transfersOf(account, 0, Optional.empty()));
    assertRefused(() -> history.transfersOf(account, Page.MAX_LIMIT + 1, Optional.empty()));
  }

  private static void assertRefused(Executable request) {
    assertEquals(ErrorCode.INVALID_REQUEST, assertThrows(QenexException.class, request).code());
  }
}
