package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.engine.LogRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** Rows of {@code ledger.log}, written by COPY and read by JDBC. */
final class LogStore {

  static final int KIND_TRANSFER = 1;
  static final int KIND_REFUSAL = 2;
  static final int KIND_ACCOUNT_OPENED = 3;
  static final int KIND_ACCOUNT_CHANGED = 4;
  static final int KIND_DATE_OPENED = 5;
  static final int KIND_DATE_CLOSED = 6;

  /** What {@link #read} expects, in its order. */
  static final String COLUMNS =
      "seq, id, booked_at, fingerprint, kind, asset, business_date, debit, credit, value_date, amount, debit_balance, "
          + "credit_balance, debit_floor, reference, detail";

  private static final int COLUMN_COUNT = 16;
  private static final int FETCH_ROWS = 5_000;
  private static final int LONG_DIGITS = 18;

  private final AssetTable assets;
  private final LogRanges ranges;
  private final CopyEncoder encoder = new CopyEncoder();
  private Connection target;
  /** Null while no COPY is under way. */
  private LogRanges.Range copyingTo;

  /** For reading. */
  LogStore(AssetTable assets) {
    this(assets, new LogRanges(LedgerSettings.defaults().rangeEntries()));
  }

  LogStore(AssetTable assets, LogRanges ranges) {
    this.assets = assets;
    this.ranges = ranges;
  }

  /** Starts to copy rows into the log, within the connection's transaction: {@link #append} each, then {@link #end}. */
  void begin(Connection connection) {
    target = connection;
    copyingTo = null;
  }

  /** The database works on what it was sent while more is appended. */
  void append(LogRow row) throws SQLException {
    long seq = row.entry().seq();
    if (copyingTo == null || seq > copyingTo.last()) {
      end();
      copyingTo = ranges.holding(target, seq);
      encoder.begin(target.unwrap(PGConnection.class).getCopyAPI()
          .copyIn("copy " + copyingTo.table() + " (" + COLUMNS + ") from stdin (format binary)"));
    }
    encode(row);
  }

  void end() throws SQLException {
    if (copyingTo != null) {
      copyingTo = null;
      encoder.end();
    }
  }

  /** What the log has under each of the ids. */
  Map<UUID, LogRow> find(Connection connection, Collection<UUID> ids) throws SQLException {
    var found = new HashMap<UUID, LogRow>();
    try (var statement = connection.prepareStatement("select " + COLUMNS + " from ledger.log where id = any(?)")) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          LogRow row = read(rows);
          found.put(row.entry().id(), row);
        }
      }
    }
    return found;
  }

  /**
   * Hands over the rows behind {@code after} up to {@code upTo}, in log order. Needs a transaction, so as not to hold
   * them all.
   */
  void scan(Connection connection, long after, long upTo, Consumer<LogRow> receiver) throws SQLException {
    String sql = "select " + COLUMNS + " from ledger.log where seq > ? and seq <= ? order by seq";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setLong(1, after);
      statement.setLong(2, upTo);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          receiver.accept(read(rows));
        }
      }
    }
  }

  /** The rows behind {@code after} up to {@code upTo} that opened or changed something, in log order. */
  List<LogRow> others(Connection connection, long after, long upTo) throws SQLException {
    String sql = "select " + COLUMNS + " from ledger.log where seq > ? and seq <= ? and kind > " + KIND_REFUSAL
        + " order by seq";
    var others = new ArrayList<LogRow>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, after);
      statement.setLong(2, upTo);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          others.add(read(rows));
        }
      }
    }
    return others;
  }

  /** The row of a result set with {@link #COLUMNS}. */
  LogRow read(ResultSet row) throws SQLException {
    return new LogRow(entry(row), row.getLong(4), Optional.ofNullable(row.getString(14)).map(LogStore::amount));
  }

  private LedgerEntry entry(ResultSet row) throws SQLException {
    long seq = row.getLong(1);
    UUID id = row.getObject(2, UUID.class);
    Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
    int kind = row.getInt(5);
    return switch (kind) {
      case KIND_TRANSFER -> new TransferPosted(
          seq, id, at, new BusinessDate(row.getObject(7, LocalDate.class)), row.getObject(10, LocalDate.class),
          new AccountNumber(row.getLong(8)), new AccountNumber(row.getLong(9)),
          new Money(amount(row.getString(11)), assets.byId(row.getShort(6))), amount(row.getString(12)),
          amount(row.getString(13)), Optional.ofNullable(row.getString(15)));
      case KIND_REFUSAL -> new InstructionRefused(seq, id, at, EntryDetail.refusal(row.getString(16)));
      case KIND_ACCOUNT_OPENED -> new AccountOpened(seq, id, at, EntryDetail.account(row.getString(16), assets));
      case KIND_ACCOUNT_CHANGED -> new AccountChanged(seq, id, at, EntryDetail.account(row.getString(16), assets));
      case KIND_DATE_OPENED -> new BusinessDateOpened(seq, id, at, EntryDetail.date(row.getString(16)));
      case KIND_DATE_CLOSED -> new BusinessDateClosed(seq, id, at, EntryDetail.date(row.getString(16)));
      default -> throw new IllegalStateException("log entry " + seq + " is of kind " + kind);
    };
  }

  /** @param minorUnits as PostgreSQL prints a numeric without decimals */
  static Amount amount(String minorUnits) {
    return minorUnits.length() <= LONG_DIGITS ? Amount.of(Long.parseLong(minorUnits)) : Amount.ofMinorUnits(minorUnits);
  }

  private void encode(LogRow row) throws SQLException {
    LedgerEntry entry = row.entry();
    encoder.row(COLUMN_COUNT);
    encoder.int8(entry.seq());
    encoder.uuid(entry.id());
    encoder.timestamp(entry.bookedAt());
    encoder.int8(row.fingerprint());
    if (entry instanceof TransferPosted transfer) {
      encode(transfer, row.debitFloor());
    } else {
      encodeDetail(entry);
    }
  }

  private void encode(TransferPosted transfer, Optional<Amount> floor) throws SQLException {
    encoder.int2(KIND_TRANSFER);
    encoder.int2(assets.idOf(transfer.amount().asset()));
    encoder.date(transfer.businessDate().date());
    encoder.int8(transfer.debit().value());
    encoder.int8(transfer.credit().value());
    encoder.date(transfer.valueDate());
    encoder.numeric(transfer.amount().amount());
    encoder.numeric(transfer.debitBalance());
    encoder.numeric(transfer.creditBalance());
    if (floor.isPresent()) {
      encoder.numeric(floor.get());
    } else {
      encoder.nothing();
    }
    if (transfer.reference().isPresent()) {
      encoder.text(transfer.reference().get());
    } else {
      encoder.nothing();
    }
    encoder.nothing();
  }

  private void encodeDetail(LedgerEntry entry) throws SQLException {
    if (entry instanceof InstructionRefused refused) {
      detail(KIND_REFUSAL, EntryDetail.of(refused.refusal()));
    } else if (entry instanceof AccountOpened opened) {
      detail(KIND_ACCOUNT_OPENED, EntryDetail.of(opened.account()));
    } else if (entry instanceof AccountChanged changed) {
      detail(KIND_ACCOUNT_CHANGED, EntryDetail.of(changed.account()));
    } else if (entry instanceof BusinessDateOpened opened) {
      detail(KIND_DATE_OPENED, EntryDetail.of(opened.date()));
    } else {
      detail(KIND_DATE_CLOSED, EntryDetail.of(((BusinessDateClosed) entry).date()));
    }
  }

  private void detail(int kind, String json) throws SQLException {
    encoder.int2(kind);
    for (int field = 6; field < COLUMN_COUNT; field++) {
      encoder.nothing();
    }
    encoder.jsonb(json);
  }
}
