package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerCheck;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** The log across its ranges: written, read, repeated and proven as if it were one table. */
class LogRangesIT {

  private static final int RANGE = 1_000;

  private final LedgerFixture ledger = new LedgerFixture(LedgerFixture.settingsWithRangesOf(RANGE));
  private AccountNumber vault;
  private AccountNumber ada;

  @BeforeEach
  void makeTheFirstRangeSmall() {
    ledger.engine().close();
    ledger.execute("alter table ledger.log detach partition ledger.log_1;"
        + "alter table ledger.log attach partition ledger.log_1 for values from (minvalue) to (" + (RANGE + 1) + ");"
        + "update ledger.log_range set last_seq = " + RANGE);
    ledger.start(ledger.database());
    vault = ledger.open(Product.INTERNAL);
    ada = ledger.open(Product.CURRENT);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void givesTheFirstRangeOfAnEmptyLogItsSize() throws SQLException {
    var empty = LedgerFixture.newDatabase();
    LedgerMigration.migrate(empty);
    for (int entries : new int[] {2 * RANGE, RANGE, RANGE}) {
      LedgerMigration.fitEmptyLog(empty, entries);
      assertEquals(entries, lastOfFirstRange(empty));
    }
    LedgerMigration.fitEmptyLog(ledger.database(), 5 * RANGE);
    assertEquals(RANGE, lastOfFirstRange(ledger.database()), "there are entries");
  }

  private static long lastOfFirstRange(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      return LogAccess.figure(connection, "select last_seq from ledger.log_range where first_seq = 1");
    }
  }

  @Test
  void writesABatchAcrossRangesThatNobodyMadeAhead() {
    List<PostTransfers> transfers = post(3 * RANGE);
    assertEquals(4, ledger.count("select count(*) from ledger.log_range"));
    assertEquals(3 * RANGE, ledger.booked(ada));
    assertEquals(RANGE, ledger.count("select count(*) from ledger.log_1001"));
    ledger.awaitProjection();
    assertEquals(List.of(), ledger.brokenLaws());
    LedgerCheck.Report report = new BookProof(ledger.database(), InstantSource.system()).check();
    assertTrue(report.passed(), () -> report.violations().toString());
    ledger.restart();
    assertEquals(3 * RANGE, ledger.booked(ada));
    assertRepeated(transfers.get(0));
    assertRepeated(transfers.get(3 * RANGE - 1));
    assertEquals(3 * RANGE, ledger.count("select count(*) from ledger.log where kind = 1"));
  }

  @Test
  void knowsAnIdOfAnOldRangeWhenItComesBack() {
    PostTransfers old = transfer(vault, ada, 5);
    ledger.submit(old);
    post(2 * RANGE);
    // a window of two ids has long forgotten it
    assertRepeated(old);
    PostTransfers another = PostTransfers.of(LedgerFixture.order(old.ids().get(0), vault, ada, 6));
    assertTrue(ledger.submit(another) instanceof Outcome.Refused);
    assertEquals(2 * RANGE + 5, ledger.booked(ada));
  }

  @Test
  void makesTheNextRangeAheadOfTheWriter() {
    post(RANGE / 2 + 10);
    ledger.awaitProjection();
    LedgerFixture.await(() -> ledger.count("select max(last_seq) from ledger.log_range") >= 2 * RANGE);
    post(RANGE);
    ledger.awaitProjection();
    assertEquals(ledger.count("select max(seq) from ledger.log"), ledger.count("select seq from ledger.writer"));
  }

  @Test
  void refusesInEveryRangeWhatTheLogRefuses() {
    post(2 * RANGE);
    assertRefused("append-only", "update ledger.log_1001 set amount = 1 where seq = 1500");
    assertRefused("append-only", "delete from ledger.log_1001");
    assertRefused("append-only", "truncate ledger.log_1001");
    assertRefused("append-only", "update ledger.log set amount = 1 where seq = 1500");
    assertRefused("transfer_moves_more_than_zero", copyOf2001("2900", "gen_random_uuid()", "0"));
    assertRefused("log_2001_id", copyOf2001("2900", "id", "amount"));
    assertRefused("log_2001_pkey", copyOf2001("2001", "gen_random_uuid()", "amount"));
    assertRefused("violates partition constraint", copyOf2001("1", "gen_random_uuid()", "amount"));
  }

  private static String copyOf2001(String seq, String id, String amount) {
    String others = ", booked_at, fingerprint, kind, asset, business_date, debit, credit, value_date, debit_balance, "
        + "credit_balance, debit_floor";
    return "insert into ledger.log_2001 (seq, id, amount" + others + ") select " + seq + ", " + id + ", " + amount
        + others + " from ledger.log_2001 where seq = 2001";
  }

  @Test
  void readsOnlyTheRangesThatAStretchIsIn() throws SQLException {
    post(2 * RANGE);
    assertReadsOnly("log_1001", "select amount from ledger.log where seq > 1200 and seq <= 1300 order by seq");
    assertReadsOnly("log_1001", "select amount from ledger.log where seq = any('{1500,1501}') order by seq desc");
    assertReadsOnly("log_1001", "select amount from ledger.log where seq = 1500");
  }

  @Test
  void answersHistoryAcrossRanges() {
    post(2 * RANGE);
    ledger.awaitProjection();
    var history = new LogHistory(ledger.database());
    var seqs = new ArrayList<Long>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = history.transfersOf(ada, 300, cursor);
      page.items().forEach(transfer -> seqs.add(transfer.seq()));
      cursor = page.next();
    } while (cursor.isPresent());
    assertEquals(2 * RANGE, seqs.size());
    assertEquals(seqs.stream().sorted((one, other) -> Long.compare(other, one)).toList(), seqs);
  }

  private List<PostTransfers> post(int count) {
    List<PostTransfers> transfers = IntStream.range(0, count).mapToObj(i -> transfer(vault, ada, 1)).toList();
    for (Outcome outcome : ledger.engine().submitAll((List<? extends Instruction>) transfers)) {
      assertTrue(outcome instanceof Outcome.Accepted accepted && !accepted.repeated());
    }
    return transfers;
  }

  private void assertRepeated(PostTransfers transfer) {
    var outcome = (Outcome.Accepted) ledger.submit(transfer);
    assertTrue(outcome.repeated());
    LedgerEntry entry = outcome.entries().get(0);
    assertEquals(transfer.ids().get(0), entry.id());
    assertTrue(UuidV7.isVersion7(entry.id()));
  }

  private void assertReadsOnly(String table, String sql) throws SQLException {
    var tables = new ArrayList<String>();
    try (var connection = ledger.database().getConnection();
        var statement = connection.createStatement();
        var plan = statement.executeQuery("explain " + sql)) {
      while (plan.next()) {
        var found = Pattern.compile(" on (log_\\d+) ").matcher(plan.getString(1));
        if (found.find() && !plan.getString(1).contains("Index Scan on log_1001_")) {
          tables.add(found.group(1));
        }
      }
    }
    assertEquals(List.of(table), tables);
  }

  private void assertRefused(String constraint, String sql) {
    var refusal = assertThrows(IllegalStateException.class, () -> ledger.execute(sql));
    assertTrue(refusal.getCause() instanceof PSQLException cause && cause.getMessage().contains(constraint),
        () -> String.valueOf(refusal.getCause()));
  }
}
