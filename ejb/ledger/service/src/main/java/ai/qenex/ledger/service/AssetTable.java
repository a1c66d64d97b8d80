package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
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

  private AssetTable() {}

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
      throw new IllegalStateException("no asset has the number " + id);
    }
    return asset;
  }

  /** @throws IllegalStateException if there is none */
  Asset byCode(String code) {
    return byId(idByCode.getOrDefault(code, Short.MIN_VALUE));
  }

  List<Asset> all() {
    return new ArrayList<>(assetById.values());
  }
}
