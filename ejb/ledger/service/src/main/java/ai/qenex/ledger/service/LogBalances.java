package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Balance;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Balances of the past. Booking time never goes backwards along the log, so the last entry of an instant is found by
 * halving, and the account's last transfer up to there carries the balance. For a balance by value date see
 * {@link DatedSums}. Neither reads more of an account that has more transfers.
 *
 * <p>
 * What was available is reckoned with the account's present limit.
 */
public final class LogBalances implements BalanceHistory {

  private final LogAccess access;
  private final RecentTransfers recent;

  public LogBalances(DataSource database) {
    this(database, new RecentTransfers());
  }

  LogBalances(DataSource database, RecentTransfers recent) {
    this.access = new LogAccess(database);
    this.recent = recent;
  }

  @Override
  public Balance balanceAt(Account account, Instant bookedAt) {
    return access.answer(connection -> {
      long seq = LogTimes.lastEntryAt(connection, bookedAt);
      Optional<TransferPosted> last = lastTransfer(connection, account.number(), seq);
      return last.isPresent()
          ? balance(account, bookedAfter(last.get(), account.number()), last.get().seq())
          : balance(account, Amount.ZERO, openingOf(connection, account, seq));
    });
  }

  @Override
  public Balance balanceAtValueDate(Account account, LocalDate valueDate) {
    return access.answer(connection -> {
      DatedSums.Point point = new DatedSums(connection, recent, account.number().value())
          .upTo(valueDate, DatedSums.By.VALUE_DATE);
      Optional<TransferPosted> newest = lastTransfer(connection, account.number(), point.last());
      return balance(account, booked(connection, account.number(), point),
          newest.isPresent() ? newest.get().seq() : openingOf(connection, account, point.last()));
    });
  }

  /** Over all transfers up to a date, as {@link DatedSums} found it. */
  Amount booked(Connection connection, AccountNumber account, DatedSums.Point point) throws SQLException {
    BigInteger booked = bookedAt(connection, account, point.entry()).toBigInteger();
    return Amount.of(booked.add(point.shifted()));
  }

  /** Right behind an entry of the log. */
  Amount bookedAt(Connection connection, AccountNumber account, long entry) throws SQLException {
    return lastTransfer(connection, account, entry).map(last -> bookedAfter(last, account)).orElse(Amount.ZERO);
  }

  private static Amount bookedAfter(TransferPosted transfer, AccountNumber account) {
    return transfer.debit().equals(account) ? transfer.debitBalance() : transfer.creditBalance();
  }

  private static Balance balance(Account account, Amount booked, long seq) {
    Asset asset = account.asset();
    return new Balance(new Money(booked, asset), new Money(Amount.ZERO, asset),
        new Money(account.available(booked, Amount.ZERO), asset), seq);
  }

  private Optional<TransferPosted> lastTransfer(Connection connection, AccountNumber account, long upTo)
      throws SQLException {
    long[] newest = new AccountEntries(connection, recent, account.value()).newest(upTo, 1);
    List<TransferPosted> transfer = new TransferStore(connection, access.log(connection)).bySeq(newest);
    return transfer.stream().findFirst();
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
}
