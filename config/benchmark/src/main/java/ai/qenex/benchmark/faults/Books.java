package ai.qenex.benchmark.faults;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The independent model: balances are the opening ones and what clients were told was posted, added up here. No code of
 * the ledger has a part in it.
 */
final class Books {

  private static final int POLLS = 1_200;

  private final List<Long> accounts;
  private final BigInteger opening;

  /**
   * @param accounts numbers of the accounts, in the order that wishes count them
   * @param openingCents what each had when the clients began
   */
  Books(List<Long> accounts, long openingCents) {
    this.accounts = List.copyOf(accounts);
    this.opening = BigInteger.valueOf(openingCents);
  }

  /**
   * What became of what clients were told.
   *
   * @param lost acknowledged, and not in the log as that
   * @param duplicated wishes carried out more than once
   * @param phantom in the log of these accounts, and never sent
   * @param wrongBalances accounts whose stored balance is not the model's
   * @param gaps log entries that are missing or too many
   */
  record Verdict(long acknowledged, long lost, long duplicated, long phantom, long wrongBalances, long gaps) {

    boolean isClean() {
      return lost == 0 && duplicated == 0 && phantom == 0 && wrongBalances == 0 && gaps == 0;
    }
  }

  /** Compares all that the clients of this bank were ever told, in whatever groups; they have stopped. */
  Verdict judge(Connection database, Collection<Clients> groups) throws SQLException {
    awaitProjection(database);
    return judge(database, groups, "ledger.log");
  }

  /** Compares with another table, e.g. a copy that was tampered with. */
  Verdict judge(Connection database, Collection<Clients> groups, String log) throws SQLException {
    Set<UUID> transfers = ids(database, "select id from " + log + " where kind = 1");
    Set<UUID> refusals = ids(database, "select id from " + log + " where kind = 2");
    Set<UUID> sent = new HashSet<>();
    long acknowledged = 0;
    long lost = 0;
    for (Clients clients : groups) {
      acknowledged += clients.answered();
      lost += clients.posted().keySet().stream().filter(id -> !transfers.contains(id)).count();
      lost += clients.refused().keySet().stream().filter(id -> !refusals.contains(id)).count();
      sent.addAll(clients.sent().keySet());
    }
    long phantom =
        ids(database, "select id from " + log + " where kind = 1 and reference is not null").stream()
            .filter(id -> !sent.contains(id)).count();
    long duplicated = figure(database, "select count(reference) - count(distinct reference) from " + log
        + " where kind = 1");
    long gaps = figure(database, "select abs(max(seq) - count(*)) + abs(max(seq) - (select seq from ledger.writer)) "
        + "from " + log);
    return new Verdict(acknowledged, lost, duplicated, phantom, wrongBalances(database, groups), gaps);
  }

  private Map<Long, BigInteger> model(Collection<Clients> groups) {
    Map<Long, BigInteger> balances = new HashMap<>();
    accounts.forEach(account -> balances.put(account, opening));
    groups.forEach(clients -> clients.posted().values().forEach(wish -> book(balances, wish)));
    return balances;
  }

  private void book(Map<Long, BigInteger> balances, Wish wish) {
    BigInteger cents = BigInteger.valueOf(wish.cents());
    balances.merge(accounts.get(wish.debit()), cents.negate(), BigInteger::add);
    balances.merge(accounts.get(wish.credit()), cents, BigInteger::add);
  }

  private long wrongBalances(Connection database, Collection<Clients> groups) throws SQLException {
    long wrong = 0;
    for (Map.Entry<Long, BigInteger> account : model(groups).entrySet()) {
      long stored = figure(database, "select balance from ledger.account where number = " + account.getKey());
      wrong += BigInteger.valueOf(stored).equals(account.getValue()) ? 0 : 1;
    }
    return wrong;
  }

  private static void awaitProjection(Connection database) throws SQLException {
    for (int i = 0; i < POLLS; i++) {
      if (figure(database, "select w.seq - p.seq from ledger.writer w, ledger.projection p") == 0) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new IllegalStateException("the projections do not follow the log");
  }

  private static Set<UUID> ids(Connection database, String sql) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  static long figure(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement(); ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
