package ai.qenex.benchmark;

import ai.qenex.kernel.UuidV7;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;

import javax.sql.DataSource;

/**
 * How most ledgers post: one database transaction per transfer that locks both account rows in the order of their
 * numbers, checks the balance, changes both and adds a row with both running balances. Four prepared statements and a
 * commit.
 */
final class RowLocks {

  private static final int LARGEST_CENTS = 100_00;
  private static final long FUNDS_CENTS = 1_000_000_00;

  private final DataSource database;
  private final int accounts;

  RowLocks(DataSource database, int accounts) {
    this.database = database;
    this.accounts = accounts;
  }

  void initialize() throws SQLException {
    List<String> schema = List.of("create schema if not exists rowlocks",
        "drop table if exists rowlocks.account, rowlocks.transfer",
        "create table rowlocks.account (number bigint primary key, balance numeric(38) not null check (balance >= 0)) "
            + "with (fillfactor = 50)",
        "insert into rowlocks.account select n, " + FUNDS_CENTS + " from generate_series(1, " + accounts + ") n",
        "create table rowlocks.transfer (seq bigint generated always as identity primary key, id uuid not null unique, "
            + "debit bigint not null, credit bigint not null, amount numeric(38) not null check (amount > 0), "
            + "debit_balance numeric(38) not null, credit_balance numeric(38) not null, "
            + "booked_at timestamptz not null default now())",
        "vacuum analyze rowlocks.account");
    try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
      for (String sql : schema) {
        statement.execute(sql);
      }
    }
  }

  /** One client on a connection of its own. */
  Stretch.Lane client(int number) throws SQLException {
    return new Client(database.getConnection(), accounts, number);
  }

  private static final class Client implements Stretch.Lane {

    private final Connection connection;
    private final SplittableRandom random;
    private final int accounts;
    private final PreparedStatement lock;
    private final PreparedStatement move;
    private final PreparedStatement insert;

    Client(Connection connection, int accounts, int number) throws SQLException {
      this.connection = connection;
      this.accounts = accounts;
      this.random = new SplittableRandom(System.nanoTime() + number);
      connection.setAutoCommit(false);
      lock = connection.prepareStatement(
          "select number, balance from rowlocks.account where number in (?, ?) order by number for update");
      move = connection.prepareStatement("update rowlocks.account set balance = ? where number = ?");
      insert = connection.prepareStatement("insert into rowlocks.transfer (id, debit, credit, amount, debit_balance, "
          + "credit_balance) values (?, ?, ?, ?, ?, ?)");
    }

    @Override
    public int work() throws SQLException {
      long debit = random.nextInt(accounts) + 1L;
      long credit = debit % accounts + 1;
      long cents = random.nextInt(LARGEST_CENTS) + 1L;
      lock.setLong(1, debit);
      lock.setLong(2, credit);
      long debitBalance = 0;
      long creditBalance = 0;
      try (var rows = lock.executeQuery()) {
        while (rows.next()) {
          if (rows.getLong(1) == debit) {
            debitBalance = rows.getLong(2) - cents;
          } else {
            creditBalance = rows.getLong(2) + cents;
          }
        }
      }
      if (debitBalance < 0) {
        connection.rollback();
        return 0;
      }
      move(debit, debitBalance);
      move(credit, creditBalance);
      insert.setObject(1, UuidV7.of(System.currentTimeMillis(), random.nextLong(), random.nextLong()));
      insert.setLong(2, debit);
      insert.setLong(3, credit);
      insert.setLong(4, cents);
      insert.setLong(5, debitBalance);
      insert.setLong(6, creditBalance);
      insert.executeUpdate();
      connection.commit();
      return 1;
    }

    private void move(long account, long balance) throws SQLException {
      move.setLong(1, balance);
      move.setLong(2, account);
      move.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
