package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerArchives.Archive;
import ai.qenex.ledger.LedgerCheck;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerRebuild;
import ai.qenex.ledger.LedgerSeal;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReverseTransfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What left the database for its archives is answered, proven and refused as before (invariant LEDGER-7). */
class DetachIT {

  private static final int RANGE = 1_000;
  private static final String KEPT = "select count(*) from ledger.log where seq <= 2000";

  @TempDir private Path folder;
  private final LedgerFixture ledger = new LedgerFixture(LedgerFixture.settingsWithRangesOf(RANGE));
  private RandomHistory played;
  private Archiving archiving;
  private Sealing sealing;
  private AccountNumber vault;
  private AccountNumber ada;
  private PostTransfers timed;
  private PostTransfers random;

  @BeforeEach
  void playDaysInSmallRanges() {
    ledger.engine().close();
    ledger.execute("alter table ledger.log detach partition ledger.log_1;"
        + "alter table ledger.log attach partition ledger.log_1 for values from (minvalue) to (" + (RANGE + 1) + ");"
        + "update ledger.log_range set last_seq = " + RANGE);
    ledger.start(ledger.database());
    vault = ledger.open(Product.INTERNAL);
    ada = ledger.open(Product.CURRENT);
    timed = LedgerFixture.transfer(vault, ada, 500);
    random = PostTransfers.of(LedgerFixture.order(UUID.randomUUID(), vault, ada, 70));
    ledger.submit(timed);
    ledger.submit(random);
    played = new RandomHistory(ledger, 33);
    played.play(700);
    played.openNextDay();
    played.play(100);
    played.closeYesterday();
    played.play(1_500);
    played.openNextDay();
    played.play(300);
    archiving = new Archiving(ledger.database(), folder.resolve("archive"), Clock.systemUTC());
  }

  private void closeAndSeal() {
    played.closeYesterday();
    ledger.submit(LedgerFixture.transfer(vault, ada, 1));
    ledger.awaitProjection();
    sealing = new Sealing(ledger.database(), ledger.engine(), new SealSettings(250, Duration.ofMillis(50),
        SealSettings.defaults(folder).suite(), folder.resolve("keys")), Clock.systemUTC());
    sealing.start(Thread::new);
    var reading = new SealReading(ledger.database());
    LedgerFixture.await(() -> reading.sealedUpTo() == ledger.count("select seq from ledger.writer"));
    assertEquals(2, archiving.archive(2 * RANGE).size());
  }

  private void addUpDays() {
    try (var connection = ledger.database().getConnection()) {
      new DaySums(connection).sumClosed();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void detachBoth() {
    closeAndSeal();
    addUpDays();
    assertTrue(archiving.detach(1).detachedAt().isPresent());
    assertTrue(archiving.detach(RANGE + 1).detachedAt().isPresent());
    assertTrue(ledger.count(KEPT) < 2 * RANGE);
  }

  @AfterEach
  void close() {
    if (sealing != null) {
      sealing.close();
    }
    ledger.close();
  }

  /** Everything that can be asked of the past, in order. */
  private List<Object> answers() {
    var answers = new ArrayList<Object>();
    var history = new LogHistory(ledger.database());
    var balances = new LogBalances(ledger.database());
    var seal = new SealReading(ledger.database());
    List<LedgerEntry> log = played.log();
    answers.addAll(log);
    answers.add(history.findAll(log.stream().map(LedgerEntry::id).toList()));
    for (LedgerEntry entry : log) {
      if (entry instanceof AccountOpened opened) {
        var account = opened.account();
        Optional<String> cursor = Optional.empty();
        do {
          var page = history.transfersOf(account.number(), 370, cursor);
          answers.add(page.items());
          cursor = page.next();
        } while (cursor.isPresent());
        for (int at = 0; at < log.size(); at += 499) {
          answers.add(balances.balanceAt(account, log.get(at).bookedAt()));
        }
        for (int day = -4; day < 3; day++) {
          answers.add(balances.balanceAtValueDate(account, played.today().date().plusDays(day)));
        }
      }
      if (entry.seq() % 97 == 0) {
        answers.add(((LedgerSeal.Proven) seal.proofOf(entry.id(), Optional.empty())).rangePath());
        answers.add(history.find(entry.id()));
      }
    }
    for (BusinessDate date : List.of(LedgerFixture.FIRST_DAY, played.today())) {
      List<AccountNumber> moved = history.accountsMovedOn(date);
      answers.add(moved);
      moved.forEach(account -> history.transfersOn(date, account, answers::add));
    }
    seal.lines(900, 1_100).forEach(line -> answers.add(line.seq() + " " + line.hash()));
    return answers;
  }

  private static void assertSame(List<Object> before, List<Object> now) {
    for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
      assertEquals(before.get(i), now.get(i), "answer " + i);
    }
    assertEquals(before.size(), now.size());
  }

  private void assertChecked() {
    var proof = new BookProof(ledger.database(), Clock.systemUTC());
    LedgerCheck.Report report = proof.withArchives(proof.check());
    assertEquals(List.of(), report.violations());
    assertEquals(report.lastSeq(), report.entries());
    assertEquals(List.of(), proof.check().violations(), "a second look");
    var slices = new BookProof(ledger.database(), Clock.systemUTC(), new BookProof.Sizes(0, 10, 100));
    for (int i = 0; i < 12; i++) {
      assertEquals(List.of(), slices.check().violations());
    }
    assertEquals(Optional.empty(), new SealProof(ledger.database(), 1_000_000).violation());
    assertEquals(Optional.empty(), new KeptProof(ledger.database()).violation());
  }

  @Test
  void findsWhatWasChangedAmongTheRowsThatStayed() {
    detachBoth();
    ledger.execute("alter table ledger.log_1 disable trigger all; update ledger.log_1 set reference = 'other' "
        + "where seq = (select max(seq) from ledger.log_1 where kind = 1)");
    assertTrue(new KeptProof(ledger.database()).violation().isPresent());
  }

  @Test
  void answersAllOfThePastAsBefore() {
    closeAndSeal();
    addUpDays();
    List<Object> before = answers();
    archiving.detach(1);
    assertSame(before, answers());
    assertChecked();
    archiving.detach(RANGE + 1);
    assertTrue(ledger.count(KEPT) < RANGE, "most rows are gone");
    assertSame(before, answers());
    assertChecked();
    assertEquals(archiving.list().get(0), archiving.detach(1), "once is enough");
    ledger.restart();
    assertSame(before, answers());
    assertChecked();
  }

  @Test
  void knowsIdsThatLeftTheDatabase() {
    detachBoth();
    ledger.restart();
    long booked = ledger.booked(ada);
    for (PostTransfers old : List.of(timed, random)) {
      var outcome = (Outcome.Accepted) ledger.submit(old);
      assertTrue(outcome.repeated());
      assertEquals(old.ids().get(0), outcome.entries().get(0).id());
      var another = PostTransfers.of(LedgerFixture.order(old.ids().get(0), vault, ada, 6));
      assertTrue(ledger.submit(another) instanceof Outcome.Refused);
    }
    assertEquals(booked, ledger.booked(ada));
  }

  @Test
  void undoesATransferThatLeftTheDatabaseOnce() {
    detachBoth();
    long booked = ledger.booked(ada);
    assertTrue(ledger.submit(reversal(timed)) instanceof Outcome.Accepted);
    assertEquals(booked - 500, ledger.booked(ada));
    assertTrue(ledger.submit(reversal(timed)) instanceof Outcome.Refused);
    ledger.restart();
    assertTrue(ledger.submit(reversal(timed)) instanceof Outcome.Refused);
    assertEquals(booked - 500, ledger.booked(ada));
    ledger.awaitProjection();
    assertChecked();
    ledger.execute("alter table ledger.log_3001 disable trigger all; update ledger.log_3001 set reverses = '"
        + random.ids().get(0) + "' where reverses = '" + timed.ids().get(0) + "';"
        + "alter table ledger.log_2001 disable trigger all; update ledger.log_2001 set reverses = '"
        + random.ids().get(0) + "' where reverses = '" + timed.ids().get(0) + "'");
    assertTrue(new BookProof(ledger.database(), Clock.systemUTC()).check().violations().toString()
        .contains("does not undo transfer"));
  }

  private static ReverseTransfer reversal(PostTransfers transfer) {
    return new ReverseTransfer(LedgerFixture.newId(), transfer.ids().get(0), Optional.empty(), Optional.empty());
  }

  @Test
  void buildsTheProjectionsFromTheArchives() {
    detachBoth();
    ledger.execute("update ledger.account set balance = balance + 7 where number = 2; delete from ledger.shifted; "
        + "delete from ledger.posting where account = 1");
    LedgerRebuild rebuild = new ProjectionRebuild(ledger.database(), ledger.engine());
    rebuild.request();
    LedgerFixture.await(() -> rebuild.progress().state() == LedgerRebuild.State.DONE);
    assertEquals(ProjectionOracle.expected(played.log()), ProjectionOracle.kept(ledger));
    assertChecked();
  }

  @Test
  void keepsWhatMustStay() throws IOException {
    assertEquals(ErrorCode.NOT_FOUND, assertThrows(QenexException.class, () -> archiving.detach(1)).code());
    closeAndSeal();
    assertStays(1, "added up");
    addUpDays();
    assertStays(RANGE + 1, "older entries");
    Path file = folder.resolve("archive").resolve(archiving.list().get(0).file());
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);
    assertStays(1, "checksum");
    Files.delete(file);
    assertStays(1, "cannot be read");
    assertEquals(2 * RANGE, ledger.count(KEPT));
  }

  private void assertStays(long first, String why) {
    var refusal = assertThrows(QenexException.class, () -> archiving.detach(first));
    assertEquals(ErrorCode.CONFLICTING_STATE, refusal.code());
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    assertTrue(archiving.list().stream().noneMatch(archive -> archive.detachedAt().isPresent()));
  }

  @Test
  void losesNothingWhenCutOff() {
    closeAndSeal();
    addUpDays();
    List<Object> before = answers();
    ledger.execute("begin; select ledger.detach_log_range(1); rollback");
    assertEquals(2 * RANGE, ledger.count(KEPT));
    assertSame(before, answers());
    archiving.detach(1);
    assertSame(before, answers());
    assertThrows(IllegalStateException.class, () -> ledger.execute("delete from ledger.log_1"), "append-only");
    assertThrows(IllegalStateException.class, () -> ledger.execute("delete from ledger.archive"), "append-only");
  }

  @Test
  void takesRangesBackAsTheyWere() throws SQLException {
    closeAndSeal();
    addUpDays();
    List<Object> before = answers();
    List<Object> rows = rows();
    archiving.detach(1);
    archiving.detach(RANGE + 1);
    var refusal = assertThrows(QenexException.class, () -> archiving.attach(1));
    assertEquals(ErrorCode.CONFLICTING_STATE, refusal.code());
    assertEquals(Optional.empty(), archiving.attach(RANGE + 1).detachedAt());
    assertChecked();
    assertEquals(Optional.empty(), archiving.attach(1).detachedAt());
    assertEquals(archiving.list().get(0), archiving.attach(1), "once is enough");
    assertEquals(2 * RANGE, ledger.count(KEPT));
    assertSame(rows, rows());
    try (var connection = ledger.database().getConnection()) {
      UUID id = random.ids().get(0);
      assertTrue(new ArchivedLog(connection).find(List.of(id)).containsKey(id), "who looked too early finds it here");
    }
    ledger.restart();
    assertSame(before, answers());
    assertChecked();
    assertTrue(((Outcome.Accepted) ledger.submit(random)).repeated());
    assertThrows(IllegalStateException.class, () -> ledger.execute("delete from ledger.log_1"), "append-only");
    assertTrue(archiving.detach(1).detachedAt().isPresent(), "and leaves again");
    assertChecked();
  }

  /** The floors of detached transfers are forgotten, and figures of refusals are sorted in the canonical form. */
  private List<Object> rows() throws SQLException {
    var all = new ArrayList<Object>();
    try (var connection = ledger.database().getConnection(); var statement = connection.createStatement();
        var rows = statement.executeQuery("select (to_jsonb(l) - 'debit_floor' - 'detail')::text || coalesce("
            + "(select string_agg(f::text, ',' order by f::text) from jsonb_array_elements(detail -> 'figures') f), "
            + "detail::text, '') from ledger.log l where seq <= " + 2 * RANGE + " order by seq")) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  @Test
  void takesNothingBackFromADamagedFile() throws IOException {
    detachBoth();
    Archive newest = archiving.list().get(1);
    Path file = folder.resolve("archive").resolve(newest.file());
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[whole.length / 2] ^= 1;
    Files.write(file, damaged);
    assertStaysDetached("checksum");
    Files.delete(file);
    assertStaysDetached("cannot be read");
    Files.write(file, whole);
    ledger.execute("alter table ledger.log_1001 disable trigger all; update ledger.log_1001 set reference = 'other' "
        + "where seq = (select max(seq) from ledger.log_1001 where kind = 1)");
    assertStaysDetached("not what its archive has");
    assertEquals(0, ledger.count("select count(*) from pg_class where relname like 'log_back%'"));
  }

  private void assertStaysDetached(String why) {
    var refusal = assertThrows(QenexException.class, () -> archiving.attach(RANGE + 1));
    assertEquals(ErrorCode.CONFLICTING_STATE, refusal.code());
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    assertTrue(archiving.list().stream().allMatch(archive -> archive.detachedAt().isPresent()));
  }

  @Test
  void neverAnswersWronglyWithoutAFile() throws IOException {
    detachBoth();
    Archive archive = archiving.list().get(0);
    Path file = folder.resolve("archive").resolve(archive.file());
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    assertUnreadable(archive);
    byte[] damaged = whole.clone();
    damaged[whole.length / 3] ^= 4;
    Files.write(file, damaged);
    assertUnreadable(archive);
    Files.write(file, whole);
    assertChecked();
    assertTrue(((Outcome.Accepted) ledger.submit(timed)).repeated());
  }

  private void assertUnreadable(Archive archive) {
    var history = new LogHistory(ledger.database());
    long booked = ledger.booked(ada);
    for (Runnable question : List.<Runnable>of(
        () -> history.find(timed.ids().get(0)),
        () -> history.transfersOf(ada, 1_000, Optional.empty()),
        () -> ledger.submit(timed),
        () -> ledger.submit(reversal(timed)))) {
      var fault = assertThrows(QenexException.class, question::run);
      assertEquals(ErrorCode.UNAVAILABLE, fault.code());
      assertTrue(fault.getMessage().contains(archive.file()), fault.getMessage());
    }
    assertEquals(booked, ledger.booked(ada));
    assertTrue(ledger.submit(LedgerFixture.transfer(vault, ada, 1)) instanceof Outcome.Accepted, "new ids go on");
    ledger.awaitProjection();
    var proof = new BookProof(ledger.database(), Clock.systemUTC());
    assertEquals(List.of(), proof.check().violations());
    List<String> violations = proof.withArchives(proof.check()).violations();
    assertEquals(1, violations.size());
    assertTrue(violations.get(0).contains(archive.file()));
  }
}
