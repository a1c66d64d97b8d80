package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.Account;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code ledger.account}: many balances by one statement, openings and changes row by row. */
final class AccountRows {

  private static final int CHUNK = 100_000;

  private final Connection connection;
  private final AssetTable assets;
  private final List<Row> rows = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final List<BigDecimal> balances = new ArrayList<>();
  private final List<Long> seqs = new ArrayList<>();

  /** @param balance null if it did not move */
  private record Row(Account account, boolean isNew, Amount balance, long seq) {}

  AccountRows(Connection connection, AssetTable assets) {
    this.connection = connection;
    this.assets = assets;
  }

  /** The account has another balance; accounts come by number. */
  void moved(long number, Amount balance, long seq) {
    numbers.add(number);
    balances.add(new BigDecimal(balance.toBigInteger()));
    seqs.add(seq);
  }

  /** The account was opened or changed, and has another balance unless that is null. */
  void becomes(Account account, boolean isNew, Amount balance, long seq) {
    rows.add(new Row(account, isNew, balance, seq));
  }

  void write() throws SQLException {
    for (int from = 0; from < numbers.size(); from += CHUNK) {
      updateBalances(from, Math.min(from + CHUNK, numbers.size()));
    }
    insertAccounts();
    changeAccounts();
  }

  private void updateBalances(int from, int to) throws SQLException {
    String sql = "update account a set balance = n.balance, last_seq = n.seq "
        + "from unnest(?::bigint[], ?::numeric[], ?::bigint[]) n(number, balance, seq) where a.number = n.number";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, connection.createArrayOf("int8", numbers.subList(from, to).toArray()));
      update.setArray(2, connection.createArrayOf("numeric", balances.subList(from, to).toArray()));
      update.setArray(3, connection.createArrayOf("int8", seqs.subList(from, to).toArray()));
      int updated = update.executeUpdate();
      if (updated != to - from) {
        throw new SQLException("the projection knows " + updated + " of " + (to - from) + " accounts that moved");
      }
    }
  }

  private void insertAccounts() throws SQLException {
    String sql = "insert into account (number, id, address, iban, alias, asset, owner, product, status, "
        + "overdraft_limit, gl_code, balance, last_seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Row row : rows) {
        if (row.isNew) {
          Account account = row.account;
          insert.setLong(1, account.number().value());
          insert.setObject(2, account.id());
          insert.setString(3, account.address());
          insert.setString(4, account.iban().map(Iban::value).orElse(null));
          insert.setString(5, account.alias().orElse(null));
          insert.setShort(6, assets.idOf(account.asset()));
          insert.setString(7, account.owner());
          insert.setString(8, account.product().code());
          insert.setString(9, account.status().code());
          insert.setBigDecimal(10, account.overdraftLimit().map(AccountRows::decimal).orElse(null));
          insert.setString(11, ChartOfAccounts.glCodeOf(account));
          insert.setBigDecimal(12, row.balance == null ? BigDecimal.ZERO : decimal(row.balance));
          insert.setLong(13, row.seq);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private void changeAccounts() throws SQLException {
    String sql = "update account set status = ?, overdraft_limit = ?, balance = coalesce(?, balance), "
        + "last_seq = ? where number = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Row row : rows) {
        if (!row.isNew) {
          update.setString(1, row.account.status().code());
          update.setBigDecimal(2, row.account.overdraftLimit().map(AccountRows::decimal).orElse(null));
          update.setBigDecimal(3, row.balance == null ? null : decimal(row.balance));
          update.setLong(4, row.seq);
          update.setLong(5, row.account.number().value());
          update.addBatch();
        }
      }
      update.executeBatch();
    }
  }

  private static BigDecimal decimal(Amount amount) {
    return new BigDecimal(amount.toBigInteger());
  }
}
