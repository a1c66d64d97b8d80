package ai.qenex.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/**
 * The bank transaction that everybody measures databases by (TPC-B as {@code pgbench} runs it): one account, one teller
 * and one branch get an amount, and the history a row. Five statements and a commit, prepared.
 */
final class TpcB {

  private static final int TELLERS = 10;
  private static final int ACCOUNTS = 100_000;
  private static final int LARGEST_AMOUNT = 5_000;

  private final DataSource database;
  private final int scale;

  /** @param scale number of branches; each has 10 tellers and 100,000 accounts */
  TpcB(DataSource database, int scale) {
    this.database = database;
    this.scale = scale;
  }

  /** Tables and rows, as {@code pgbench --initialize} makes them. */
  static List<String> schema(int scale) {
    return List.of("create schema if not exists tpcb",
        "drop table if exists tpcb.branches, tpcb.tellers, tpcb.accounts, tpcb.history",
        "create table tpcb.branches (bid int not null, bbalance int, filler char(88)) with (fillfactor = 100)",
        "create table tpcb.tellers (tid int not null, bid int, tbalance int, filler char(84)) with (fillfactor = 100)",
        "create table tpcb.accounts (aid int not null, bid int, abalance int, filler char(84)) with (fillfactor = 100)",
        "create table tpcb.history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
        "insert into tpcb.branches (bid, bbalance) select b, 0 from generate_series(1, " + scale + ") b",
        "insert into tpcb.tellers (tid, bid, tbalance) select t, (t - 1) / " + TELLERS
            + " + 1, 0 from generate_series(1, "
            + scale * TELLERS + ") t",
        "insert into tpcb.accounts (aid, bid, abalance, filler) select a, (a - 1) / " + ACCOUNTS
            + " + 1, 0, '' from generate_series(1, " + scale * ACCOUNTS + ") a",
        "alter table tpcb.branches add primary key (bid)", "alter table tpcb.tellers add primary key (tid)",
        "alter table tpcb.accounts add primary key (aid)",
        "vacuum analyze tpcb.branches, tpcb.tellers, tpcb.accounts");
  }

  void initialize() throws SQLException {
    try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
      for (String sql : schema(scale)) {
        statement.execute(sql);
      }
    }
  }

  /** One client on a connection of its own. */
  Stretch.Lane client(int number) throws SQLException {
    return new Client(database.getConnection(), scale, number);
  }

  private static final class Client implements Stretch.Lane {

    private final Connection connection;
    private final SplittableRandom random;
    private final int scale;
    private final PreparedStatement account;
    private final PreparedStatement balance;
    private final PreparedStatement teller;
    private final PreparedStatement branch;
    private final PreparedStatement history;

    Client(Connection connection, int scale, int number) throws SQLException {
      this.connection = connection;
      this.scale = scale;
      this.random = new SplittableRandom(System.nanoTime() + number);
      connection.setAutoCommit(false);
      account = connection.prepareStatement("update tpcb.accounts set abalance = abalance + ? where aid = ?");
      balance = connection.prepareStatement("select abalance from tpcb.accounts where aid = ?");
      teller = connection.prepareStatement("update tpcb.tellers set tbalance = tbalance + ? where tid = ?");
      branch = connection.prepareStatement("update tpcb.branches set bbalance = bbalance + ? where bid = ?");
      history = connection.prepareStatement(
          "insert into tpcb.history (tid, bid, aid, delta, mtime) values (?, ?, ?, ?, current_timestamp)");
    }

    @Override
    public int work() throws SQLException {
      int aid = random.nextInt(scale * ACCOUNTS) + 1;
      int tid = random.nextInt(scale * TELLERS) + 1;
      int bid = random.nextInt(scale) + 1;
      int delta = random.nextInt(2 * LARGEST_AMOUNT + 1) - LARGEST_AMOUNT;
      add(account, delta, aid);
      balance.setInt(1, aid);
      try (var row = balance.executeQuery()) {
        row.next();
      }
      add(teller, delta, tid);
      add(branch, delta, bid);
      history.setInt(1, tid);
      history.setInt(2, bid);
      history.setInt(3, aid);
      history.setInt(4, delta);
      history.executeUpdate();
      connection.commit();
      return 1;
    }

    private static void add(PreparedStatement update, int delta, int key) throws SQLException {
      update.setInt(1, delta);
      update.setInt(2, key);
      update.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
