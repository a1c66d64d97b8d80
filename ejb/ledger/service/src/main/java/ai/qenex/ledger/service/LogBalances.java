package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Balance;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.service.TransferStore.Tail;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Balances of the past. Booking time never goes backwards along the log, so the last entry of an instant is found by
 * halving, and the account's last transfer up to there carries the balance. A balance by value date has no such order:
 * all transfers of the account are added up.
 *
 * <p>
 * What was available is reckoned with the account's present limit.
 */
public final class LogBalances implements BalanceHistory {

  private static final int TRANSFERS_AT_ONCE = 10_000;
  private static final String SUM =
      "select sum(case when credit = ? then amount else -amount end), max(seq) from ledger.log "
          + "where kind = 1 and value_date <= ? and ";

  private final LogAccess access;

  public LogBalances(DataSource database) {
    this.access = new LogAccess(database);
  }

  @Override
  public Balance balanceAt(Account account, Instant bookedAt) {
    return access.answer(connection -> {
      long seq = lastEntryAt(connection, bookedAt);
      List<TransferPosted> last = lastTransfer(connection, account.number().value(), seq);
      if (last.isEmpty()) {
        return balance(account, new Point(Amount.ZERO, openingOf(connection, account, seq)));
      }
      TransferPosted transfer = last.get(0);
      Amount booked = transfer.debit().equals(account.number()) ? transfer.debitBalance() : transfer.creditBalance();
      return balance(account, new Point(booked, transfer.seq()));
    });
  }

  @Override
  public Balance balanceAtValueDate(Account account, LocalDate valueDate) {
    return access.answer(connection -> {
      long number = account.number().value();
      long watermark = LogAccess.watermark(connection);
      Point sum = new Point(Amount.ZERO, 0);
      var lists = new PostingLists(connection, number);
      for (var list = lists.after(0); list.isPresent() && list.get().first() <= watermark; list =
          lists.after(list.get().first())) {
        sum = sum.plus(sumOf(connection, list.get().entries().toArray(), number, valueDate));
      }
      sum = sum.plus(sumOfTail(connection, watermark, number, valueDate));
      return balance(account,
          sum.seq > 0 ? sum : new Point(Amount.ZERO, openingOf(connection, account, Long.MAX_VALUE)));
    });
  }

  /** @param seq the last entry that counted, zero if none did */
  private record Point(Amount booked, long seq) {

    Point plus(Point other) {
      return new Point(booked.plus(other.booked), Math.max(seq, other.seq));
    }
  }

  private static Balance balance(Account account, Point point) {
    Asset asset = account.asset();
    return new Balance(new Money(point.booked, asset), new Money(Amount.ZERO, asset),
        new Money(account.available(point.booked), asset), point.seq);
  }

  private static Point sumOf(Connection connection, long[] entries, long account, LocalDate valueDate)
      throws SQLException {
    Point sum = new Point(Amount.ZERO, 0);
    try (var statement = connection.prepareStatement(SUM + "seq = any(?)")) {
      for (int from = 0; from < entries.length; from += TRANSFERS_AT_ONCE) {
        long[] some = Arrays.copyOfRange(entries, from, Math.min(from + TRANSFERS_AT_ONCE, entries.length));
        statement.setLong(1, account);
        statement.setObject(2, valueDate);
        statement.setArray(3, connection.createArrayOf("int8", Arrays.stream(some).boxed().toArray()));
        sum = sum.plus(pointOf(statement));
      }
    }
    return sum;
  }

  private static Point sumOfTail(Connection connection, long watermark, long account, LocalDate valueDate)
      throws SQLException {
    try (var statement = connection.prepareStatement(SUM + "seq > ? and (debit = ? or credit = ?)")) {
      statement.setLong(1, account);
      statement.setObject(2, valueDate);
      statement.setLong(3, watermark);
      statement.setLong(4, account);
      statement.setLong(5, account);
      return pointOf(statement);
    }
  }

  private static Point pointOf(java.sql.PreparedStatement statement) throws SQLException {
    try (var row = statement.executeQuery()) {
      row.next();
      String sum = row.getString(1);
      return new Point(sum == null ? Amount.ZERO : LogStore.amount(sum), row.getLong(2));
    }
  }

  private List<TransferPosted> lastTransfer(Connection connection, long account, long upTo) throws SQLException {
    long watermark = LogAccess.watermark(connection);
    var transfers = new TransferStore(connection, access.log(connection));
    List<TransferPosted> ofTail = transfers.newest(new Tail(account, watermark, upTo), 1);
    if (!ofTail.isEmpty()) {
      return ofTail;
    }
    OptionalLong last = new PostingLists(connection, account).last(Math.min(upTo, watermark));
    return last.isEmpty() ? List.of() : transfers.bySeq(new long[] {last.getAsLong()});
  }

  /** The entry that opened the account if that was up to {@code upTo}, else zero. */
  private static long openingOf(Connection connection, Account account, long upTo) throws SQLException {
    try (var statement = connection.prepareStatement("select seq from ledger.log where id = ? and seq <= ?")) {
      statement.setObject(1, account.id());
      statement.setLong(2, upTo);
      try (var row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** The last entry booked up to and including the instant, zero if none was. */
  private static long lastEntryAt(Connection connection, Instant instant) throws SQLException {
    try (var statement = connection.prepareStatement("select booked_at from ledger.log where seq = ?")) {
      long low = 0;
      long high = LogAccess.figure(connection, "select seq from ledger.writer where k = 1");
      while (low < high) {
        long middle = high - (high - low) / 2;
        statement.setLong(1, middle);
        try (var row = statement.executeQuery()) {
          row.next();
          if (row.getObject(1, OffsetDateTime.class).toInstant().isAfter(instant)) {
            high = middle - 1;
          } else {
            low = middle;
          }
        }
      }
      return low;
    }
  }
}
