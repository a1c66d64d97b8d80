package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What the projector needs of a stretch of transfers: from the writer's memory while it is there, else read by binary
 * COPY, because the projector follows a flood on the same cores as the writer.
 */
final class TransferScan {

  private static final int SIGNATURE_BYTES = 19;
  private static final int GROUP = 10_000;
  /** So many groups of four digits fit a long for certain. */
  private static final int LONG_GROUPS = 4;
  private static final int NEGATIVE = 0x4000;

  private final long first;
  private int count;
  private final int[] offsets;
  private final long[] debits;
  private final long[] credits;
  private final long[] debitBalances;
  private final long[] creditBalances;
  /** Balances that fit no long; null before the first of them. */
  private Amount[] largeDebitBalances;
  private Amount[] largeCreditBalances;
  /** Null, as the next two, if all transfers are plain. */
  private final int[] businessDays;
  private final int[] valueDays;
  /** Null where both dates are the day that was current before the first entry, unless the stretch opens a day. */
  private final Amount[] amounts;
  /** Index of the transfer of an offset from the first entry. */
  private final int[] indexOfOffset;
  private boolean hasOthers;

  private TransferScan(long first, long last, boolean plain) {
    this.first = first;
    int capacity = (int) (last - first + 1);
    offsets = new int[capacity];
    debits = new long[capacity];
    credits = new long[capacity];
    debitBalances = new long[capacity];
    creditBalances = new long[capacity];
    businessDays = plain ? null : new int[capacity];
    valueDays = plain ? null : new int[capacity];
    amounts = plain ? null : new Amount[capacity];
    indexOfOffset = new int[capacity];
  }

  /** For transfers that all bear the day they were booked on: {@link #add} and {@link #leave} each. */
  static TransferScan ofPlain(long first, long last) {
    return new TransferScan(first, last, true);
  }

  /**
   * @param day the day that is current throughout; empty if it turns on the way
   */
  static TransferScan read(Connection connection, long first, long last, Optional<LocalDate> day)
      throws SQLException {
    String shifted = day.map(date -> "business_date <> '" + date + "' or value_date <> '" + date + "'").orElse("true");
    var scan = new TransferScan(first, last, false);
    var archived = new ArchivedLog(connection);
    long end = archived.end();
    archived.scan(first - 1, Math.min(last, end), row -> {
      if (row.entry() instanceof TransferPosted transfer) {
        scan.add(transfer, day);
      }
    });
    scan.copy(connection, Math.max(first, end + 1), last, shifted);
    if (archived.end() > Math.max(first - 1, end)) {
      throw new SQLException("a range left the log while it was read; read it again");
    }
    return scan;
  }

  private void copy(Connection connection, long from, long last, String shifted) throws SQLException {
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(
        "copy (select seq, debit, credit, debit_balance, credit_balance, business_date, value_date, case when "
            + shifted
            + " then amount end from ledger.log where seq between " + from + " and " + last
            + " and kind = 1 order by seq) to stdout (format binary)");
    try {
      boolean started = false;
      for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (!started) {
          bytes.position(SIGNATURE_BYTES);
          started = true;
        }
        while (bytes.remaining() > 0 && bytes.getShort() > 0) {
          add(bytes);
        }
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  int count() {
    return count;
  }

  long seq(int index) {
    return first + offsets[index];
  }

  long debit(int index) {
    return debits[index];
  }

  long credit(int index) {
    return credits[index];
  }

  /** What it moved; null if it bears the day that was said to be current, twice. */
  Amount amountIfShifted(int index) {
    return amounts == null ? null : amounts[index];
  }

  /** Whether the stretch may hold entries that are neither transfers nor refusals. */
  boolean mayHaveOthers() {
    return amounts != null || hasOthers;
  }

  LocalDate businessDate(int index) {
    return LocalDate.ofEpochDay(businessDays[index]);
  }

  LocalDate valueDate(int index) {
    return LocalDate.ofEpochDay(valueDays[index]);
  }

  /** Where the transfer with that number is; below zero if the entry is none. */
  int indexOf(long seq) {
    int index = indexOfOffset[(int) (seq - first)];
    return count > 0 && seq(index) == seq ? index : -1;
  }

  /** The account's balance right after the transfer with that offset from the first entry. */
  Amount balanceOf(long account, int offset) {
    int index = indexOfOffset[offset];
    boolean ofDebit = debits[index] == account;
    Amount[] larges = ofDebit ? largeDebitBalances : largeCreditBalances;
    if (larges != null && larges[index] != null) {
      return larges[index];
    }
    return Amount.of(ofDebit ? debitBalances[index] : creditBalances[index]);
  }

  /** A transfer; its balances follow. */
  void add(long seq, long debit, long credit) {
    int offset = (int) (seq - first);
    offsets[count] = offset;
    debits[count] = debit;
    credits[count] = credit;
    indexOfOffset[offset] = count;
    count++;
  }

  /** The balances that the transfer added last left. */
  void leave(long debitBalance, long creditBalance) {
    debitBalances[count - 1] = debitBalance;
    creditBalances[count - 1] = creditBalance;
  }

  void noteOther() {
    hasOthers = true;
  }

  private void add(TransferPosted transfer, Optional<LocalDate> day) {
    add(transfer.seq(), transfer.debit().value(), transfer.credit().value());
    int last = count - 1;
    largeDebitBalances = leave(transfer.debitBalance(), debitBalances, largeDebitBalances);
    largeCreditBalances = leave(transfer.creditBalance(), creditBalances, largeCreditBalances);
    LocalDate businessDate = transfer.businessDate().date();
    businessDays[last] = (int) businessDate.toEpochDay();
    valueDays[last] = (int) transfer.valueDate().toEpochDay();
    boolean plain = day.isPresent() && businessDate.equals(day.get()) && transfer.valueDate().equals(day.get());
    amounts[last] = plain ? null : transfer.amount().amount();
  }

  private void add(ByteBuffer row) {
    add(int8(row), int8(row), int8(row));
    int last = count - 1;
    largeDebitBalances = leave(numeric(row), debitBalances, largeDebitBalances);
    largeCreditBalances = leave(numeric(row), creditBalances, largeCreditBalances);
    businessDays[last] = date(row);
    valueDays[last] = date(row);
    amounts[last] = numeric(row);
  }

  private Amount[] leave(Amount balance, long[] smalls, Amount[] larges) {
    if (balance.fitsLong()) {
      smalls[count - 1] = balance.toLong();
      return larges;
    }
    Amount[] known = larges == null ? new Amount[smalls.length] : larges;
    known[count - 1] = balance;
    return known;
  }

  private static long int8(ByteBuffer row) {
    row.getInt();
    return row.getLong();
  }

  private static int date(ByteBuffer row) {
    row.getInt();
    return row.getInt() + CopyEncoder.EPOCH_DAYS;
  }

  /** Null for null. */
  private static Amount numeric(ByteBuffer row) {
    if (row.getInt() < 0) {
      return null;
    }
    int groups = row.getShort();
    int weight = row.getShort();
    boolean negative = row.getShort() == NEGATIVE;
    row.getShort();
    return weight < LONG_GROUPS ? small(row, groups, weight, negative) : large(row, groups, weight, negative);
  }

  private static Amount small(ByteBuffer row, int groups, int weight, boolean negative) {
    long value = 0;
    for (int i = 0; i <= weight; i++) {
      value = value * GROUP + (i < groups ? row.getShort() : 0);
    }
    return Amount.of(negative ? -value : value);
  }

  private static Amount large(ByteBuffer row, int groups, int weight, boolean negative) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i <= weight; i++) {
      value = value.multiply(BigInteger.valueOf(GROUP)).add(BigInteger.valueOf(i < groups ? row.getShort() : 0));
    }
    return Amount.of(negative ? value.negate() : value);
  }
}
