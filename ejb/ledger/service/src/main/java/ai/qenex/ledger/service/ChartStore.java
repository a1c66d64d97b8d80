package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.GlAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chart of accounts in {@code ledger.gl_account}. */
final class ChartStore {

  private static final int MAX_LINES = 5_000;

  private final Connection connection;

  ChartStore(Connection connection) {
    this.connection = connection;
  }

  List<GlAccount> all() throws SQLException {
    var lines = new ArrayList<GlAccount>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(
            "select code, name, normal_side, parent from ledger.gl_account order by code collate \"C\"")) {
      while (row.next()) {
        lines.add(new GlAccount(row.getString(1), row.getString(2),
            row.getString(3).equals("debit") ? GlAccount.Side.DEBIT : GlAccount.Side.CREDIT,
            Optional.ofNullable(row.getString(4))));
      }
    }
    return lines;
  }

  void add(GlAccount line) throws SQLException {
    List<GlAccount> chart = lockedChart();
    requireParent(line, chart);
    if (chart.size() >= MAX_LINES) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "a chart has at most " + MAX_LINES + " lines");
    }
    write(line, "insert into ledger.gl_account (name, normal_side, parent, code) values (?, ?, ?, ?) "
        + "on conflict do nothing", ErrorCode.CONFLICTING_STATE, "GL code " + line.code() + " is there already");
  }

  void change(GlAccount line) throws SQLException {
    requireParent(line, lockedChart());
    write(line, "update ledger.gl_account set name = ?, normal_side = ?, parent = ? where code = ?",
        ErrorCode.NOT_FOUND, "there is no GL code " + line.code());
  }

  /** Nobody else changes the chart until this transaction ends. */
  private List<GlAccount> lockedChart() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("lock table ledger.gl_account in share row exclusive mode");
    }
    return all();
  }

  private void write(GlAccount line, String sql, ErrorCode code, String otherwise) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, line.name());
      statement.setString(2, line.normalSide().code());
      statement.setString(3, line.parent().orElse(null));
      statement.setString(4, line.code());
      if (statement.executeUpdate() != 1) {
        throw new QenexException(code, otherwise);
      }
    }
  }

  private static void requireParent(GlAccount line, List<GlAccount> chart) {
    Map<String, GlAccount> byCode = new HashMap<>();
    chart.forEach(known -> byCode.put(known.code(), known));
    Optional<String> above = line.parent();
    if (above.isPresent() && !byCode.containsKey(above.get())) {
      throw new QenexException(ErrorCode.NOT_FOUND, "there is no GL code " + above.get());
    }
    for (int depth = 0; above.isPresent() && depth <= chart.size(); depth++) {
      if (above.get().equals(line.code())) {
        throw new QenexException(ErrorCode.CONFLICTING_STATE, "GL code " + line.code() + " cannot be below itself");
      }
      above = byCode.get(above.get()).parent();
    }
  }
}
