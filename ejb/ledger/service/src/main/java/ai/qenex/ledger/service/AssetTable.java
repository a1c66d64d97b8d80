package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registered assets and the small numbers that stand for them in the log. */
final class AssetTable {

  private final Map<String, Short> idByCode = new HashMap<>();
  private final Map<Short, Asset> assetById = new HashMap<>();

  /** Of the batch that is being written. */
  private final List<AssetRegistered> registered = new ArrayList<>();

  private AssetTable() {}

  /** Rows of the asset may follow in the log; its own row is written by {@link #writeRegistered}. */
  void register(AssetRegistered entry) {
    idByCode.put(entry.asset().code(), (short) entry.number());
    assetById.put((short) entry.number(), entry.asset());
    registered.add(entry);
  }

  /** In the transaction of the log, so that whoever sees an entry sees its asset. */
  void writeRegistered(Connection connection) throws SQLException {
    if (registered.isEmpty()) {
      return;
    }
    try (var insert = connection.prepareStatement("insert into ledger.asset (id, code, scale) values (?, ?, ?)")) {
      for (AssetRegistered entry : registered) {
        insert.setShort(1, (short) entry.number());
        insert.setString(2, entry.asset().code());
        insert.setInt(3, entry.asset().scale());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    registered.clear();
  }

  /** What was not written was undone. */
  void forgetRegistered() {
    registered.clear();
  }

  static AssetTable load(Connection connection) throws SQLException {
    var table = new AssetTable();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select id, code, scale from ledger.asset")) {
      while (rows.next()) {
        table.idByCode.put(rows.getString(2), rows.getShort(1));
        table.assetById.put(rows.getShort(1), new Asset(rows.getString(2), rows.getInt(3)));
      }
    }
    return table;
  }

  /** @throws IllegalStateException if it is not registered */
  short idOf(Asset asset) {
    Short id = idByCode.get(asset.code());
    if (id == null) {
      throw new IllegalStateException("asset " + asset + " is not registered");
    }
    return id;
  }

  /** @throws IllegalStateException if there is none */
  Asset byId(short id) {
    Asset asset = assetById.get(id);
    if (asset == null) {
      throw new UnknownAssetException(id);
    }
    return asset;
  }

  /** The asset was registered after the table was read. */
  static final class UnknownAssetException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    UnknownAssetException(short id) {
      super("no asset has the number " + id);
    }
  }

  /** @throws IllegalStateException if there is none */
  Asset byCode(String code) {
    return byId(idByCode.getOrDefault(code, Short.MIN_VALUE));
  }

  List<Asset> all() {
    return new ArrayList<>(assetById.values());
  }
}
