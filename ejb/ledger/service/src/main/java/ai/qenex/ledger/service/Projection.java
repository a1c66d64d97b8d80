package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.ShiftedSums.Dates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One projection: a stretch of the log, turned into posting lists, account rows, business days and sums of other dates
 * within one transaction.
 *
 * <p>
 * It names its tables without a schema: the transaction's search path says whether they are those in use or those of a
 * rebuild.
 *
 * <p>
 * The touched accounts are found by sorting words of account number and offset, so that each account's offsets stand
 * together and ascending, and its last one carries its balance.
 */
final class Projection {

  private static final int OFFSET_BITS = 20;
  private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;

  private final Connection connection;
  private final LogStore log;
  private final AssetTable assets;
  private final RecentTransfers recent;
  private long first;
  private TransferScan transfers;

  /** @param recent what the writer still has in memory of what it wrote */
  Projection(Connection connection, AssetTable assets, RecentTransfers recent) {
    this.recent = recent;
    this.connection = connection;
    this.log = new LogStore(assets);
    this.assets = assets;
  }

  /**
   * Projects the entries behind {@code from} up to {@code to}, at most {@link LedgerSettings#MAX_PROJECTION_ENTRIES}.
   */
  void project(long from, long to) throws SQLException {
    first = from + 1;
    var days = new TreeMap<Long, LocalDate>();
    currentDay().ifPresent(day -> days.put(from, day));
    int daysBefore = days.size();
    var changes = new TreeMap<Long, LedgerEntry>();
    var holds = new HoldProjection(connection, assets);
    Optional<TransferScan> remembered = recent.scan(new RecentTransfers.Span(first, to));
    for (LogRow row : remembered.isPresent() && !remembered.get().mayHaveOthers()
        ? List.<LogRow>of()
        : log.others(connection, from, to)) {
      note(row.entry(), changes);
      holds.note(row.entry());
      if (row.entry() instanceof BusinessDateOpened opened) {
        days.put(opened.seq(), opened.date().date());
      }
    }
    transfers = remembered.isPresent() ? remembered.get() : TransferScan.read(connection, first, to,
        days.size() == 1 && daysBefore == 1 ? Optional.of(days.firstEntry().getValue()) : Optional.empty());
    long[] touches = touches();
    copyPostings(touches);
    addShifted(days);
    var balances = new AccountRows(connection, assets, holds.write());
    forEachAccount(touches, (account, start, end) -> {
      int last = (int) touches[end - 1] & OFFSET_MASK;
      Amount balance = transfers.balanceOf(account, last);
      LedgerEntry change = changes.remove(account);
      if (change == null) {
        balances.moved(account, balance, first + last);
      } else {
        balances.becomes(accountOf(change), change instanceof AccountOpened, balance,
            Math.max(first + last, change.seq()));
      }
    });
    for (LedgerEntry change : changes.values()) {
      balances.becomes(accountOf(change), change instanceof AccountOpened, null, change.seq());
    }
    balances.write();
  }

  /** The latest day open before the stretch. */
  private Optional<LocalDate> currentDay() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select max(date) from business_day")) {
      row.next();
      return Optional.ofNullable(row.getObject(1, LocalDate.class));
    }
  }

  /** @param days by the entry behind which they are the latest ones open */
  private void addShifted(TreeMap<Long, LocalDate> days) throws SQLException {
    var shifted = new ShiftedSums();
    for (int i = 0; i < transfers.count(); i++) {
      Amount amount = transfers.amountIfShifted(i);
      if (amount != null) {
        LocalDate day = days.floorEntry(transfers.seq(i)).getValue();
        var ofDebit = new Dates(transfers.debit(i), day, transfers.businessDate(i), transfers.valueDate(i));
        shifted.add(ofDebit, amount.negated());
        shifted.add(new Dates(transfers.credit(i), day, ofDebit.businessDate(), ofDebit.valueDate()), amount);
      }
    }
    shifted.write(connection);
  }

  private long[] touches() {
    var touches = new long[transfers.count() * 2];
    int size = 0;
    for (int i = 0; i < transfers.count(); i++) {
      long offset = transfers.seq(i) - first;
      touches[size++] = transfers.debit(i) << OFFSET_BITS | offset;
      touches[size++] = transfers.credit(i) << OFFSET_BITS | offset;
    }
    Arrays.sort(touches);
    return touches;
  }

  @FunctionalInterface
  private interface AccountTouches {

    void accept(long account, int start, int end) throws SQLException;
  }

  private static void forEachAccount(long[] touches, AccountTouches receiver) throws SQLException {
    for (int start = 0; start < touches.length;) {
      long account = touches[start] >>> OFFSET_BITS;
      int end = start + 1;
      while (end < touches.length && touches[end] >>> OFFSET_BITS == account) {
        end++;
      }
      receiver.accept(account, start, end);
      start = end;
    }
  }

  private void copyPostings(long[] touches) throws SQLException {
    if (touches.length == 0) {
      return;
    }
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI()
        .copyIn("copy posting (account, seq, offsets) from stdin (format binary)");
    try {
      var encoder = new CopyEncoder();
      encoder.begin(copy);
      forEachAccount(touches, (account, start, end) -> {
        for (int from = start; from < end; from += PostingLists.MAX_ENTRIES) {
          int base = (int) touches[from] & OFFSET_MASK;
          encoder.row(3);
          encoder.int8(account);
          encoder.int8(first + base);
          encoder.bytes(offsets(touches, from, Math.min(end, from + PostingLists.MAX_ENTRIES)));
        }
      });
      encoder.end();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Counted from the first one. */
  private static byte[] offsets(long[] touches, int start, int end) {
    int base = (int) touches[start] & OFFSET_MASK;
    var bytes = java.nio.ByteBuffer.allocate(Integer.BYTES * (end - start));
    for (int i = start; i < end; i++) {
      bytes.putInt(((int) touches[i] & OFFSET_MASK) - base);
    }
    return bytes.array();
  }

  private void note(LedgerEntry entry, Map<Long, LedgerEntry> changes) throws SQLException {
    if (entry instanceof AccountOpened opened) {
      changes.put(opened.account().number().value(), entry);
    } else if (entry instanceof AccountChanged changed) {
      // opened and changed in one stretch: one row, as it stands at the end
      changes.merge(changed.account().number().value(), entry, (before, now) -> before instanceof AccountOpened opened
          ? new AccountOpened(now.seq(), opened.id(), opened.bookedAt(), changed.account())
          : now);
    } else if (entry instanceof BusinessDateOpened opened) {
      try (var insert = connection
          .prepareStatement("insert into business_day (date, opened_seq, opened_at) values (?, ?, ?)")) {
        insert.setObject(1, opened.date().date());
        insert.setLong(2, opened.seq());
        insert.setObject(3, opened.bookedAt().atOffset(ZoneOffset.UTC));
        insert.executeUpdate();
      }
    } else if (entry instanceof PeriodClosed closed) {
      try (var insert = connection.prepareStatement("insert into period (through, seq, closed_at) values (?, ?, ?)")) {
        insert.setObject(1, closed.through());
        insert.setLong(2, closed.seq());
        insert.setObject(3, closed.bookedAt().atOffset(ZoneOffset.UTC));
        insert.executeUpdate();
      }
    } else if (entry instanceof BusinessDateClosed closed) {
      try (var update = connection.prepareStatement("update business_day set closed_seq = ? where date = ?")) {
        update.setLong(1, closed.seq());
        update.setObject(2, closed.date().date());
        update.executeUpdate();
      }
    }
  }

  private static Account accountOf(LedgerEntry change) {
    return change instanceof AccountOpened opened ? opened.account() : ((AccountChanged) change).account();
  }
}
