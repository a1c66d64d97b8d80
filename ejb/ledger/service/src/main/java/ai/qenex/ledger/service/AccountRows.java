package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.service.HoldProjection.HeldMove;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes {@code ledger.account}: many balances by one statement, openings and changes row by row. */
final class AccountRows {

  private static final int CHUNK = 100_000;

  private final Connection connection;
  private final AssetTable assets;
  private final List<Row> rows = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final List<BigDecimal> balances = new ArrayList<>();
  private final List<Long> seqs = new ArrayList<>();
  private final SortedMap<Long, HeldMove> heldMoves;
  private final List<HeldRow> heldRows = new ArrayList<>();

  /** @param balance null if it did not move */
  private record Row(Account account, boolean isNew, Amount balance, Amount heldMore, long seq) {}

  /** @param balance null if it did not move */
  private record HeldRow(long number, BigDecimal balance, Amount more, long seq) {}

  /**
   * @param heldMoves what is held more, by account number; whatever else happens to such an account is written with it
   */
  AccountRows(Connection connection, AssetTable assets, Map<Long, HeldMove> heldMoves) {
    this.connection = connection;
    this.assets = assets;
    this.heldMoves = new TreeMap<>(heldMoves);
  }

  /** The account has another balance; accounts come by number. */
  void moved(long number, Amount balance, long seq) {
    HeldMove held = heldMoves.isEmpty() ? null : heldMoves.remove(number);
    if (held != null) {
      heldRows.add(new HeldRow(number, decimal(balance), held.more(), Math.max(seq, held.seq())));
      return;
    }
    numbers.add(number);
    balances.add(new BigDecimal(balance.toBigInteger()));
    seqs.add(seq);
  }

  /** The account was opened or changed, and has another balance unless that is null. */
  void becomes(Account account, boolean isNew, Amount balance, long seq) {
    HeldMove held = heldMoves.remove(account.number().value());
    rows.add(held == null
        ? new Row(account, isNew, balance, Amount.ZERO, seq)
        : new Row(account, isNew, balance, held.more(), Math.max(seq, held.seq())));
  }

  void write() throws SQLException {
    for (int from = 0; from < numbers.size(); from += CHUNK) {
      updateBalances(from, Math.min(from + CHUNK, numbers.size()));
    }
    heldMoves.forEach((number, held) -> heldRows.add(new HeldRow(number, null, held.more(), held.seq())));
    for (int from = 0; from < heldRows.size(); from += CHUNK) {
      updateHeld(heldRows.subList(from, Math.min(from + CHUNK, heldRows.size())));
    }
    insertAccounts();
    changeAccounts();
  }

  private void updateHeld(List<HeldRow> some) throws SQLException {
    String sql = "update account a set balance = coalesce(n.balance, a.balance), held = a.held + n.more, "
        + "last_seq = n.seq from unnest(?::bigint[], ?::numeric[], ?::numeric[], ?::bigint[]) "
        + "n(number, balance, more, seq) where a.number = n.number";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, connection.createArrayOf("int8", some.stream().map(HeldRow::number).toArray()));
      update.setArray(2, connection.createArrayOf("numeric", some.stream().map(HeldRow::balance).toArray()));
      update.setArray(3,
          connection.createArrayOf("numeric", some.stream().map(HeldRow::more).map(AccountRows::decimal).toArray()));
      update.setArray(4, connection.createArrayOf("int8", some.stream().map(HeldRow::seq).toArray()));
      requireAll(update.executeUpdate(), some.size());
    }
  }

  private static void requireAll(int updated, int moved) throws SQLException {
    if (updated != moved) {
      throw new SQLException("the projection knows " + updated + " of " + moved + " accounts that moved");
    }
  }

  private void updateBalances(int from, int to) throws SQLException {
    String sql = "update account a set balance = n.balance, last_seq = n.seq "
        + "from unnest(?::bigint[], ?::numeric[], ?::bigint[]) n(number, balance, seq) where a.number = n.number";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, connection.createArrayOf("int8", numbers.subList(from, to).toArray()));
      update.setArray(2, connection.createArrayOf("numeric", balances.subList(from, to).toArray()));
      update.setArray(3, connection.createArrayOf("int8", seqs.subList(from, to).toArray()));
      requireAll(update.executeUpdate(), to - from);
    }
  }

  private void insertAccounts() throws SQLException {
    String sql = "insert into account (number, id, address, iban, alias, asset, owner, product, status, "
        + "overdraft_limit, gl_code, balance, last_seq, held) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
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
          insert.setBigDecimal(14, decimal(row.heldMore));
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private void changeAccounts() throws SQLException {
    String sql = "update account set status = ?, overdraft_limit = ?, balance = coalesce(?, balance), "
        + "last_seq = ?, held = held + ? where number = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (Row row : rows) {
        if (!row.isNew) {
          update.setString(1, row.account.status().code());
          update.setBigDecimal(2, row.account.overdraftLimit().map(AccountRows::decimal).orElse(null));
          update.setBigDecimal(3, row.balance == null ? null : decimal(row.balance));
          update.setLong(4, row.seq);
          update.setBigDecimal(5, decimal(row.heldMore));
          update.setLong(6, row.account.number().value());
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
