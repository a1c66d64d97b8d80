package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.LogConnection.Fence;
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
  static final int KIND_PERIOD_CLOSED = 11;
  static final int KIND_HOLD_PLACED = 7;
  static final int KIND_HOLD_RELEASED = 8;
  static final int KIND_HOLD_EXPIRED = 9;
  static final int KIND_ASSET_REGISTERED = 10;

  /** What {@link #read} expects, in its order. */
  static final String COLUMNS =
      "seq, id, booked_at, fingerprint, kind, asset, business_date, debit, credit, value_date, amount, debit_balance, "
          + "credit_balance, debit_floor, reference, detail, reverses, hold, held";

  static final int COLUMN_COUNT = 19;
  /** A plain transfer fills so many of them; the others are null. */
  static final int PLAIN_COUNT = 14;
  static final String PLAIN_COLUMNS = COLUMNS.substring(0, COLUMNS.indexOf(", reference"));
  private static final int FETCH_ROWS = 5_000;
  private static final int LONG_DIGITS = 18;

  private final AssetTable assets;
  private final LogRanges ranges;
  private final CopyEncoder encoder = new CopyEncoder();
  private final LogRowWriter writer;
  private final ShortBatch shortBatch;
  private Connection target;
  /** Null while no COPY is under way. */
  private LogRanges.Range copyingTo;
  /** Whether the COPY under way takes all columns, and not just those of a plain transfer. */
  private boolean allColumns;
  /** Of the batch under way, those that are no plain transfers. */
  private int rareRows;

  /** For reading. */
  LogStore(AssetTable assets) {
    this(assets, new LogRanges(LedgerSettings.defaults().rangeEntries()));
  }

  LogStore(AssetTable assets, LogRanges ranges) {
    this.assets = assets;
    this.ranges = ranges;
    this.writer = new LogRowWriter(assets, encoder);
    this.shortBatch = new ShortBatch(assets);
  }

  /** Starts to copy rows into the log, within the connection's transaction: {@link #append} each, then {@link #end}. */
  void begin(Connection connection) {
    target = connection;
    copyingTo = null;
    // who sent references or other rare things in the last batch does it again
    allColumns = rareRows > 0;
    rareRows = 0;
    assets.forgetRegistered();
  }

  /** The database works on what it was sent while more is appended. */
  void append(LogRow row) throws SQLException {
    boolean plain = isPlain(row.entry());
    rareRows += plain ? 0 : 1;
    long seq = row.entry().seq();
    if (copyingTo == null || seq > copyingTo.last() || !plain && !allColumns) {
      end();
      allColumns |= !plain;
      copyingTo = ranges.holding(target, seq);
      encoder.begin(target.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + copyingTo.table() + " ("
          + (allColumns ? COLUMNS : PLAIN_COLUMNS) + ") from stdin (format binary)"));
    }
    writer.write(row, allColumns);
  }

  static boolean isPlain(LedgerEntry entry) {
    return entry instanceof TransferPosted transfer && transfer.reference().isEmpty() && transfer.link().isEmpty();
  }

  void end() throws SQLException {
    if (copyingTo != null) {
      copyingTo = null;
      encoder.end();
      assets.writeRegistered(target);
    }
  }

  /** Whether {@link #writeAtOnce} takes the rows: they are few, and belong in the range that was written last. */
  boolean takesAtOnce(List<LogRow> rows) {
    return ShortBatch.takes(rows) && !rows.isEmpty()
        && ranges.known(rows.get(0).entry().seq(), rows.get(rows.size() - 1).entry().seq()).isPresent();
  }

  /** As {@link LogConnection#writeAtOnce}. The connection commits by itself. */
  boolean writeAtOnce(Connection connection, List<LogRow> rows, Fence from)
      throws SQLException, CommitUnknownException {
    long seq = rows.get(0).entry().seq();
    return shortBatch.write(connection, ranges.known(seq, seq).orElseThrow(), rows, from);
  }

  /** Gives up a COPY that is under way, if one is: the connection can then be rolled back. */
  void cancel() throws SQLException {
    if (copyingTo != null) {
      copyingTo = null;
      encoder.cancel();
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
    List<UUID> missing = ids.stream().filter(id -> !found.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      found.putAll(new ArchivedLog(connection).find(missing));
    }
    return found;
  }

  /** What the log has under each of the ids, and what undid that transfer or changed that hold. */
  Map<UUID, LogRow> findReferred(Connection connection, Collection<UUID> ids) throws SQLException {
    var found = find(connection, ids);
    // "is not null" lets every plan use the partial indexes
    String sql = "select " + COLUMNS + " from ledger.log where reverses is not null and reverses = any(?) union all "
        + "select " + COLUMNS + " from ledger.log where hold is not null and hold = any(?) and hold <> id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      statement.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          LogRow row = read(rows);
          found.put(row.entry().id(), row);
        }
      }
    }
    return found;
  }

  /** All entries of each of the holds that there are, in log order. */
  Map<UUID, List<LedgerEntry>> entriesOfHolds(Connection connection, Collection<UUID> holds) throws SQLException {
    var entries = new HashMap<UUID, List<LedgerEntry>>();
    String sql = "select " + COLUMNS + " from ledger.log where hold is not null and hold = any(?) order by seq";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("uuid", holds.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          entries.computeIfAbsent(rows.getObject(18, UUID.class), hold -> new ArrayList<>()).add(read(rows).entry());
        }
      }
    }
    return entries;
  }

  /**
   * Hands over the rows behind {@code after} up to {@code upTo}, in log order. Needs a transaction, so as not to hold
   * them all.
   */
  void scan(Connection connection, long after, long upTo, Consumer<LogRow> receiver) throws SQLException {
    var archived = new ArchivedLog(connection);
    long end = archived.end();
    if (after < end) {
      archived.scan(after, Math.min(upTo, end), receiver);
    }
    scanAttached(connection, Math.max(after, end), upTo, receiver);
    if (archived.end() > Math.max(after, end)) {
      throw new SQLException("a range left the log while it was read; read it again");
    }
  }

  private void scanAttached(Connection connection, long after, long upTo, Consumer<LogRow> receiver)
      throws SQLException {
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

  /** The rows behind {@code after} up to {@code upTo} that opened, changed or held something, in log order. */
  List<LogRow> others(Connection connection, long after, long upTo) throws SQLException {
    String sql = "select " + COLUMNS + " from ledger.log where seq > ? and seq <= ? and (kind > " + KIND_REFUSAL
        + " or hold is not null) order by seq";
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
          money(row), amount(row.getString(12)),
          amount(row.getString(13)), Optional.ofNullable(row.getString(15)), link(row));
      case KIND_REFUSAL -> new InstructionRefused(seq, id, at, EntryDetail.refusal(row.getString(16)));
      case KIND_ACCOUNT_OPENED ->
        new AccountOpened(seq, id, at, EntryDetail.account(row.getString(16), assets),
            EntryDetail.asked(row.getString(16)));
      case KIND_ACCOUNT_CHANGED -> new AccountChanged(seq, id, at, EntryDetail.account(row.getString(16), assets),
          EntryDetail.asked(row.getString(16)));
      case KIND_DATE_OPENED -> new BusinessDateOpened(seq, id, at, EntryDetail.date(row.getString(16)));
      case KIND_PERIOD_CLOSED ->
        new PeriodClosed(seq, id, at, EntryDetail.date(row.getString(16)).date());
      case KIND_DATE_CLOSED -> new BusinessDateClosed(seq, id, at, EntryDetail.date(row.getString(16)));
      case KIND_ASSET_REGISTERED -> EntryDetail.asset(row.getString(16), seq, id, at);
      case KIND_HOLD_PLACED -> new HoldPlaced(
          seq, id, at, placedHold(row), amount(row.getString(12)), Optional.ofNullable(row.getString(15)));
      case KIND_HOLD_RELEASED -> new HoldReleased(
          seq, id, at, row.getObject(18, UUID.class), new AccountNumber(row.getLong(8)), money(row));
      case KIND_HOLD_EXPIRED -> new HoldExpired(
          seq, id, at, row.getObject(18, UUID.class), new AccountNumber(row.getLong(8)), money(row));
      default -> throw new IllegalStateException("log entry " + seq + " is of kind " + kind);
    };
  }

  private Money money(ResultSet row) throws SQLException {
    return new Money(amount(row.getString(11)), assets.byId(row.getShort(6)));
  }

  private static Optional<Link> link(ResultSet row) throws SQLException {
    UUID reverses = row.getObject(17, UUID.class);
    if (reverses != null) {
      return Optional.of(new Link.Reverses(reverses));
    }
    UUID hold = row.getObject(18, UUID.class);
    return hold == null ? Optional.empty() : Optional.of(new Link.Captures(hold, amount(row.getString(19))));
  }

  private Hold placedHold(ResultSet row) throws SQLException {
    Long beneficiary = row.getObject(9, Long.class);
    return Hold.placed(row.getObject(2, UUID.class), new Effect.HoldPlacement(
        new AccountNumber(row.getLong(8)), money(row), Optional.ofNullable(beneficiary).map(AccountNumber::new),
        EntryDetail.expiry(row.getString(16)), Optional.empty()));
  }

  /** @param minorUnits as PostgreSQL prints a numeric without decimals */
  static Amount amount(String minorUnits) {
    return minorUnits.length() <= LONG_DIGITS ? Amount.of(Long.parseLong(minorUnits)) : Amount.ofMinorUnits(minorUnits);
  }
}
