package ai.qenex.settlement.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.settlement.ClearingCycle.Position;
import ai.qenex.settlement.CycleStatus;
import ai.qenex.settlement.netting.Flow;
import ai.qenex.settlement.netting.Netting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Cycles and their positions, tables {@code settlement.cycle} and {@code settlement.position}. */
final class CycleStore {

  /** @param attempt how many times the ledger has been asked to settle, counting from 1 */
  record CycleRow(UUID id, BusinessDate businessDate, Asset asset, CycleStatus status, int attempt) {}

  /** The obligations of a cycle added up per payer and payee. */
  record Owed(long obligations, List<Flow> flows) {}

  private static final CycleStatus[] STATUS = CycleStatus.values();

  private final Connection connection;

  CycleStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * From now on no cycle of the day takes obligations or comes into being. Waits for transactions that are recording
   * some.
   */
  void closeDay(BusinessDate date) throws SQLException {
    ObligationStore.insertDay(connection, date);
    update("update settlement.day set closed_at = clock_timestamp() where business_date = ? and closed_at is null",
        date);
    update("update settlement.cycle set status = 2 where business_date = ? and status = 1", date);
  }

  private void update(String statement, BusinessDate date) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(statement)) {
      update.setObject(1, date.date());
      update.executeUpdate();
    }
  }

  /** The cycles of a day by asset code. */
  List<CycleRow> cyclesOf(BusinessDate date) throws SQLException {
    return cycles("select id, business_date, asset, scale, status, attempt from settlement.cycle"
        + " where business_date = ? order by asset", date.date());
  }

  /** The cycles of a day by asset code, locked until the transaction ends. */
  List<CycleRow> lockCyclesOf(BusinessDate date) throws SQLException {
    return cycles("select id, business_date, asset, scale, status, attempt from settlement.cycle"
        + " where business_date = ? order by asset for update", date.date());
  }

  Optional<CycleRow> lock(UUID cycle) throws SQLException {
    return cycles(
        "select id, business_date, asset, scale, status, attempt from settlement.cycle where id = ? for update", cycle)
        .stream().findFirst();
  }

  private List<CycleRow> cycles(String select, Object key) throws SQLException {
    var cycles = new ArrayList<CycleRow>();
    try (PreparedStatement query = connection.prepareStatement(select)) {
      query.setObject(1, key);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          cycles.add(new CycleRow(rows.getObject(1, UUID.class), BusinessDate.parse(rows.getString(2)),
              new Asset(rows.getString(3), rows.getInt(4)), STATUS[rows.getInt(5) - 1], rows.getInt(6)));
        }
      }
    }
    return cycles;
  }

  Owed owed(CycleRow cycle) throws SQLException {
    var flows = new ArrayList<Flow>();
    long obligations = 0;
    try (PreparedStatement query = connection.prepareStatement("select payer, payee, sum(amount), count(*)"
        + " from settlement.obligation where cycle = ? group by payer, payee order by payer, payee")) {
      query.setObject(1, cycle.id());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          flows.add(new Flow(new Bic(rows.getString(1)), new Bic(rows.getString(2)), amount(rows, 3)));
          obligations += rows.getLong(4);
        }
      }
    }
    return new Owed(obligations, flows);
  }

  /** Fixes the positions of a closed cycle. */
  void net(CycleRow cycle, long obligations, Netting netting) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into settlement.position"
            + " (cycle, bank, sent, received, net) values (?, ?, ?::numeric, ?::numeric, ?::numeric)")) {
      for (Position position : netting.positions()) {
        insert.setObject(1, cycle.id());
        insert.setString(2, position.bank().code());
        insert.setString(3, position.sent().amount().toString());
        insert.setString(4, position.received().amount().toString());
        insert.setString(5, position.net().amount().toString());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (PreparedStatement update = connection.prepareStatement("update settlement.cycle"
        + " set status = 3, obligations = ?, gross = ?::numeric, netted_at = clock_timestamp() where id = ?")) {
      update.setLong(1, obligations);
      update.setString(2, netting.gross().amount().toString());
      update.setObject(3, cycle.id());
      update.executeUpdate();
    }
  }

  /** The fixed positions of a netted cycle, by BIC. */
  Netting netting(CycleRow cycle) throws SQLException {
    var positions = new ArrayList<Position>();
    Amount gross = Amount.ZERO;
    try (PreparedStatement query = connection.prepareStatement(
        "select bank, sent, received, net from settlement.position where cycle = ? order by bank collate \"C\"")) {
      query.setObject(1, cycle.id());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Money sent = new Money(amount(rows, 2), cycle.asset());
          gross = gross.plus(sent.amount());
          positions.add(new Position(new Bic(rows.getString(1)), sent, new Money(amount(rows, 3), cycle.asset()),
              new Money(amount(rows, 4), cycle.asset())));
        }
      }
    }
    return new Netting(new Money(gross, cycle.asset()), positions);
  }

  long obligationsOf(CycleRow cycle) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select obligations from settlement.cycle where id = ?")) {
      query.setObject(1, cycle.id());
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  void settled(CycleRow cycle) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "update settlement.cycle set status = 4, settled_at = clock_timestamp() where id = ? and status = 3")) {
      update.setObject(1, cycle.id());
      update.executeUpdate();
    }
  }

  /** Counts an attempt that the ledger refused, so that the next one has ids of its own. */
  void nextAttempt(CycleRow cycle) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "update settlement.cycle set attempt = attempt + 1 where id = ? and attempt = ? and status = 3")) {
      update.setObject(1, cycle.id());
      update.setInt(2, cycle.attempt());
      update.executeUpdate();
    }
  }

  static Amount amount(ResultSet rows, int column) throws SQLException {
    return Amount.of(rows.getBigDecimal(column).toBigIntegerExact());
  }
}
