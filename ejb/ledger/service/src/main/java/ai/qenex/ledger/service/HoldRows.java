package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.HoldStatus;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rows of {@code ledger.hold}, written many by one statement. */
final class HoldRows {

  private static final int CHUNK = 50_000;
  private static final int FETCH_ROWS = 5_000;
  private static final String COLUMNS =
      "id, account, asset, placed, held, captured, beneficiary, expires_at, status";

  private final Connection connection;
  private final AssetTable assets;
  private final List<Row> placed = new ArrayList<>();
  private final List<Row> changed = new ArrayList<>();

  private record Row(Hold hold, long placedSeq, long seq) {}

  HoldRows(Connection connection, AssetTable assets) {
    this.connection = connection;
    this.assets = assets;
  }

  /** @param placedSeq the entry that placed it, zero if the hold has a row already */
  void becomes(Hold hold, long placedSeq, long seq) {
    (placedSeq == 0 ? changed : placed).add(new Row(hold, placedSeq, seq));
  }

  Map<UUID, Hold> find(Collection<UUID> ids) throws SQLException {
    var found = new HashMap<UUID, Hold>();
    if (ids.isEmpty()) {
      return found;
    }
    try (var statement = connection.prepareStatement("select " + COLUMNS + " from hold where id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          Hold hold = read(rows);
          found.put(hold.id(), hold);
        }
      }
    }
    return found;
  }

  /** Needs a transaction, so as not to hold them all. */
  void forEachOpen(Consumer<Hold> receiver) throws SQLException {
    try (var statement =
        connection.prepareStatement("select " + COLUMNS + " from ledger.hold where status = 'open' order by id")) {
      statement.setFetchSize(FETCH_ROWS);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          receiver.accept(read(rows));
        }
      }
    }
  }

  private Hold read(ResultSet row) throws SQLException {
    Long beneficiary = row.getObject(7, Long.class);
    return new Hold(row.getObject(1, UUID.class), new AccountNumber(row.getLong(2)),
        new Money(LogStore.amount(row.getString(4)), assets.byId(row.getShort(3))), LogStore.amount(row.getString(5)),
        LogStore.amount(row.getString(6)), Optional.ofNullable(beneficiary).map(AccountNumber::new),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        HoldStatus.valueOf(row.getString(9).toUpperCase(Locale.ROOT)));
  }

  void write() throws SQLException {
    for (int from = 0; from < placed.size(); from += CHUNK) {
      insert(placed.subList(from, Math.min(from + CHUNK, placed.size())));
    }
    for (int from = 0; from < changed.size(); from += CHUNK) {
      update(changed.subList(from, Math.min(from + CHUNK, changed.size())));
    }
  }

  private void insert(List<Row> rows) throws SQLException {
    String sql = "insert into hold (" + COLUMNS + ", placed_seq, last_seq) select * from unnest("
        + "?::uuid[], ?::bigint[], ?::smallint[], ?::numeric[], ?::numeric[], ?::numeric[], ?::bigint[], "
        + "?::timestamptz[], ?::text[], ?::bigint[], ?::bigint[])";
    try (var insert = connection.prepareStatement(sql)) {
      insert.setArray(1, array("uuid", rows, row -> row.hold.id()));
      insert.setArray(2, array("int8", rows, row -> row.hold.account().value()));
      insert.setArray(3, array("int2", rows, row -> assets.idOf(row.hold.placed().asset())));
      insert.setArray(4, array("numeric", rows, row -> decimal(row.hold.placed().amount())));
      insert.setArray(5, array("numeric", rows, row -> decimal(row.hold.held())));
      insert.setArray(6, array("numeric", rows, row -> decimal(row.hold.captured())));
      insert.setArray(7, array("int8", rows, row -> row.hold.beneficiary().map(AccountNumber::value).orElse(null)));
      insert.setArray(8, array("timestamptz", rows, row -> row.hold.expiresAt().atOffset(ZoneOffset.UTC).toString()));
      insert.setArray(9, array("text", rows, row -> row.hold.status().code()));
      insert.setArray(10, array("int8", rows, row -> row.placedSeq));
      insert.setArray(11, array("int8", rows, row -> row.seq));
      insert.executeUpdate();
    }
  }

  private void update(List<Row> rows) throws SQLException {
    String sql = "update hold h set held = n.held, captured = n.captured, status = n.status, last_seq = n.seq "
        + "from unnest(?::uuid[], ?::numeric[], ?::numeric[], ?::text[], ?::bigint[]) "
        + "n(id, held, captured, status, seq) where h.id = n.id";
    try (var update = connection.prepareStatement(sql)) {
      update.setArray(1, array("uuid", rows, row -> row.hold.id()));
      update.setArray(2, array("numeric", rows, row -> decimal(row.hold.held())));
      update.setArray(3, array("numeric", rows, row -> decimal(row.hold.captured())));
      update.setArray(4, array("text", rows, row -> row.hold.status().code()));
      update.setArray(5, array("int8", rows, row -> row.seq));
      int updated = update.executeUpdate();
      if (updated != rows.size()) {
        throw new SQLException("the projection knows " + updated + " of " + rows.size() + " holds that changed");
      }
    }
  }

  private java.sql.Array array(String type, List<Row> rows, Function<Row, Object> value) throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(value).toArray());
  }

  private static BigDecimal decimal(Amount amount) {
    return new BigDecimal(amount.toBigInteger());
  }
}
