package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.Page;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountHistory;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.HistoryOrder;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * One account's transfers from {@link AccountEntries} and the log: a page, or a piece of an extract, reads a few short
 * rows and its transfers, wherever it lies.
 */
public final class PagedHistory implements AccountHistory {

  /** So many transfers of other dates a page looks through before it is given short. */
  private static final int LOOKED_THROUGH = 2_000;
  private static final int PIECE = 1_000;

  private final LogAccess access;
  private final RecentTransfers recent;
  private final LogBalances balances;

  public PagedHistory(DataSource database) {
    this(database, new RecentTransfers());
  }

  /** Of a ledger whose writer runs here: what it just wrote is not looked for in the log. */
  public PagedHistory(DataSource database, LedgerEngine engine) {
    this(database, engine.recent());
  }

  PagedHistory(DataSource database, RecentTransfers recent) {
    this.access = new LogAccess(database);
    this.recent = recent;
    this.balances = new LogBalances(database, recent);
  }

  /** Behind {@code after}, up to and including {@code upTo}. */
  private record Stretch(long after, long upTo) {}

  @Override
  public Page<TransferPosted> page(AccountNumber account, Selection selection, int limit, Optional<String> cursor) {
    if (limit < 1 || limit > Page.MAX_LIMIT) {
      throw new QenexException(ErrorCode.INVALID_REQUEST, "limit must be 1 to " + Page.MAX_LIMIT);
    }
    Optional<Long> position = cursor.map(text -> PageCursor.read(text, account, selection.order()));
    return access.answer(connection -> {
      Optional<Stretch> stretch = stretch(connection, selection.span());
      if (stretch.isEmpty()) {
        return new Page<>(List.of(), Optional.empty());
      }
      Stretch rest = stretch.get();
      if (position.isPresent()) {
        rest = selection.order() == HistoryOrder.NEWEST_FIRST
            ? new Stretch(rest.after, Math.min(rest.upTo, position.get() - 1))
            : new Stretch(Math.max(rest.after, position.get()), rest.upTo);
      }
      return page(new Reading(connection, account, selection, rest), limit);
    });
  }

  private record Reading(Connection connection, AccountNumber account, Selection selection, Stretch stretch) {

    long[] entries(RecentTransfers recent, int limit) throws SQLException {
      var entries = new AccountEntries(connection, recent, account.value());
      if (stretch.upTo <= stretch.after) {
        return new long[0];
      }
      if (selection.order() == HistoryOrder.OLDEST_FIRST) {
        return entries.oldest(stretch.after, stretch.upTo, limit);
      }
      long[] newest = entries.newest(stretch.upTo, limit);
      int count = newest.length;
      while (count > 0 && newest[count - 1] <= stretch.after) {
        count--;
      }
      return Arrays.copyOf(newest, count);
    }
  }

  private Page<TransferPosted> page(Reading reading, int limit) throws SQLException {
    boolean filters = reading.selection.span() instanceof Span.Days;
    // one more than asked for tells whether there is a next page
    int looked = filters ? Math.max(limit + 1, LOOKED_THROUGH) : limit + 1;
    long[] entries = reading.entries(recent, looked);
    List<TransferPosted> read = new TransferStore(reading.connection, access.log(reading.connection)).bySeq(entries);
    List<TransferPosted> fitting = read.stream().filter(isOf(reading.selection.span())).limit(limit + 1L).toList();
    if (fitting.size() > limit) {
      return new Page<>(fitting.subList(0, limit), Optional.of(cursor(reading, fitting.get(limit - 1).seq())));
    }
    boolean all = entries.length < looked;
    return new Page<>(fitting, all ? Optional.empty() : Optional.of(cursor(reading, entries[looked - 1])));
  }

  private static String cursor(Reading reading, long seq) {
    return PageCursor.of(reading.account, reading.selection.order(), seq);
  }

  private static Predicate<TransferPosted> isOf(Span span) {
    return span instanceof Span.Days days
        ? transfer -> !transfer.businessDate().isBefore(days.from()) && !transfer.businessDate().isAfter(days.to())
        : transfer -> true;
  }

  /** Where in the log the span lies; empty if it has no entries. */
  private static Optional<Stretch> stretch(Connection connection, Span span) throws SQLException {
    if (span instanceof Span.Booked booked) {
      long after = LogTimes.lastEntryAt(connection, booked.from().minusNanos(1));
      long upTo = LogTimes.lastEntryAt(connection, booked.to());
      return upTo > after ? Optional.of(new Stretch(after, upTo)) : Optional.empty();
    }
    if (span instanceof Span.Days days) {
      return DayStretch.of(days.from(), days.to(), connection).map(day -> new Stretch(day.from(), day.to()));
    }
    return Optional.of(new Stretch(0, Long.MAX_VALUE));
  }

  @Override
  public Extract begin(Account account, Span span) {
    // all of it as of one moment: what is posted meanwhile must be in neither balance
    return access.answerFromSnapshot(connection -> {
      AccountNumber number = account.number();
      long last = LogAccess.figure(connection, "select seq from ledger.writer where k = 1");
      Stretch stretch = stretch(connection, span).orElse(new Stretch(0, 0));
      Amount opening;
      Amount closing;
      if (span instanceof Span.Days days) {
        opening = upTo(connection, number, new Span.Days(days.from(), days.from()), true);
        closing = upTo(connection, number, days, false);
      } else {
        opening = balances.bookedAt(connection, number, stretch.after);
        closing = balances.bookedAt(connection, number, Math.min(stretch.upTo, last));
      }
      return new Extract(number, span, Math.min(stretch.upTo, last), new Money(opening, account.asset()),
          new Money(closing, account.asset()), stretch.after);
    });
  }

  private Amount upTo(Connection connection, AccountNumber account, Span.Days days, boolean before)
      throws SQLException {
    var sums = new DatedSums(connection, recent, account.value());
    var date = before ? days.from().date().minusDays(1) : days.to().date();
    return balances.booked(connection, account, sums.upTo(date, DatedSums.By.BUSINESS_DATE));
  }

  @Override
  public Piece read(Extract extract) {
    return access.answer(connection -> {
      long[] entries = extract.upTo() <= extract.after()
          ? new long[0]
          : new AccountEntries(connection, recent, extract.account().value())
              .oldest(extract.after(), extract.upTo(), PIECE);
      List<TransferPosted> read = new TransferStore(connection, access.log(connection)).bySeq(entries);
      Optional<Extract> rest = entries.length < PIECE
          ? Optional.empty()
          : Optional.of(new Extract(extract.account(), extract.span(), extract.upTo(), extract.opening(),
              extract.closing(), entries[PIECE - 1]));
      return new Piece(read.stream().filter(isOf(extract.span())).toList(), rest);
    });
  }
}
