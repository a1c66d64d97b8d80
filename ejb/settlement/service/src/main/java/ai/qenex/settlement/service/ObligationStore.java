package ai.qenex.settlement.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.settlement.Obligation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Obligations and the open cycles that take them, tables {@code settlement.obligation}, {@code .cycle} and
 * {@code .day}.
 */
final class ObligationStore {

  private final Connection connection;
  private final UuidV7 ids;
  private final Predicate<BusinessDate> open;

  /**
   * @param connection in the transaction that the rows belong to
   * @param open whether the ledger takes postings for a day; asked for the first obligation of a day only
   */
  ObligationStore(Connection connection, UuidV7 ids, Predicate<BusinessDate> open) {
    this.connection = connection;
    this.ids = ids;
    this.open = open;
  }

  /**
   * Inserts what is not there yet. Holds the day's row in share mode until the transaction ends, so that no cycle of it
   * can be closed meanwhile. Rows are inserted in the order of their ids, so that two calls with the same obligations
   * cannot wait for each other.
   *
   * @throws QenexException {@code CONFLICTING_STATE} if a day is closed and one of its obligations is new, or if an id
   * is recorded with other figures
   */
  void insert(List<Obligation> obligations) throws SQLException {
    SortedMap<BusinessDate, List<Obligation>> byDate = new TreeMap<>();
    for (Obligation obligation : obligations) {
      byDate.computeIfAbsent(obligation.businessDate(), date -> new ArrayList<>()).add(obligation);
    }
    for (Map.Entry<BusinessDate, List<Obligation>> day : byDate.entrySet()) {
      day.getValue().sort(Comparator.comparing(Obligation::id));
      insert(day.getKey(), day.getValue());
    }
  }

  private void insert(BusinessDate date, List<Obligation> obligations) throws SQLException {
    boolean large = obligations.stream().anyMatch(CycleLimit::isLarge);
    if (lockOpenDay(date, large)) {
      var rows = new ObligationRows(connection, obligations, cyclesOf(date, obligations));
      var limit = new CycleLimit(connection, date);
      boolean near = limit.isNear(large);
      if (rows.insert() < obligations.size()) {
        rows.requireSameFigures();
      }
      if (near) {
        limit.require();
      }
      return;
    }
    var rows = new ObligationRows(connection, obligations, readCycles(date));
    if (!rows.allRecorded()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "the clearing cycles of " + date + " are not open");
    }
    rows.requireSameFigures();
  }

  /** @param alone whether no other transaction may record for the day meanwhile, see {@link CycleLimit} */
  private boolean lockOpenDay(BusinessDate date, boolean alone) throws SQLException {
    String select = "select closed_at is null from settlement.day where business_date = ? for "
        + (alone ? "update" : "share");
    try (PreparedStatement query = connection.prepareStatement(select)) {
      query.setObject(1, date.date());
      try (ResultSet rows = query.executeQuery()) {
        if (rows.next()) {
          return rows.getBoolean(1);
        }
      }
      if (!open.test(date)) {
        return false;
      }
      insertDay(connection, date);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  static void insertDay(Connection connection, BusinessDate date) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into settlement.day (business_date) values (?) on conflict do nothing")) {
      insert.setObject(1, date.date());
      insert.executeUpdate();
    }
  }

  private Map<Asset, UUID> cyclesOf(BusinessDate date, List<Obligation> obligations) throws SQLException {
    Map<Asset, UUID> known = readCycles(date);
    List<Asset> missing = obligations.stream().map(obligation -> obligation.amount().asset()).distinct()
        .filter(asset -> !known.containsKey(asset)).sorted(Comparator.comparing(Asset::code)).toList();
    if (missing.isEmpty()) {
      return known;
    }
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into settlement.cycle (id, business_date, asset, scale) values (?, ?, ?, ?) on conflict do nothing")) {
      for (Asset asset : missing) {
        insert.setObject(1, ids.next());
        insert.setObject(2, date.date());
        insert.setString(3, asset.code());
        insert.setInt(4, asset.scale());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    Map<Asset, UUID> all = readCycles(date);
    if (!all.keySet().containsAll(missing)) {
      throw new QenexException(ErrorCode.INVARIANT_BROKEN,
          "an asset of " + missing + " has changed its scale on " + date);
    }
    return all;
  }

  private Map<Asset, UUID> readCycles(BusinessDate date) throws SQLException {
    var cycles = new HashMap<Asset, UUID>();
    try (PreparedStatement query = connection.prepareStatement(
        "select id, asset, scale from settlement.cycle where business_date = ?")) {
      query.setObject(1, date.date());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          cycles.put(new Asset(rows.getString(2), rows.getInt(3)), rows.getObject(1, UUID.class));
        }
      }
    }
    return cycles;
  }
}
