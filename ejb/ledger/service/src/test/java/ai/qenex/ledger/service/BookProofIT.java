package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.ledger.LedgerCheck;
import ai.qenex.ledger.LedgerCheck.Report;
import ai.qenex.ledger.service.BookProof.Sizes;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The online proof: quiet while the books are right, and a finding for whatever is made wrong. */
class BookProofIT {

  private final LedgerFixture ledger = new LedgerFixture();
  private final RandomHistory played = new RandomHistory(ledger, 11);
  /** Each time from the first entry. */
  private final LedgerCheck proof = new BookProof(ledger.database(), Clock.systemUTC());
  /** Never again what was proven. */
  private final LedgerCheck incremental = new BookProof(ledger.database(), Clock.systemUTC(),
      new Sizes(0, Long.MAX_VALUE, 1));

  @BeforeEach
  void play() {
    played.closePeriod();
    played.play(300);
    ledger.awaitProjection();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void findsNothingWrongWhereverTheProjectionIs() {
    for (int i = 0; i < 3; i++) {
      assertRight();
      played.whileProjectionStands(() -> {
        played.openAccount();
        played.play(100);
        assertRight();
      });
      ledger.awaitProjection();
    }
    assertRight();
  }

  private void assertRight() {
    for (LedgerCheck check : List.of(proof, incremental)) {
      Report report = check.check();
      assertEquals(List.of(), report.violations());
      assertEquals(5, report.sums().size());
      assertTrue(report.sums().stream().allMatch(sum -> sum.amount().isZero()));
      assertEquals(ledger.count("select seq from ledger.writer"), report.lastSeq());
      assertEquals(report.lastSeq(), report.entries());
      assertEquals(ledger.count("select seq from ledger.projection"), report.watermark());
      assertEquals(report.watermark() == report.lastSeq(), report.lag().isZero());
    }
  }

  @Test
  void findsNothingWrongWhilePostingGoesOn() throws Exception {
    var stop = new AtomicBoolean();
    var posting = new Thread(() -> {
      while (!stop.get()) {
        played.play(200);
      }
    });
    posting.start();
    try {
      for (int i = 0; i < 20; i++) {
        assertEquals(List.of(), proof.check().violations());
        assertEquals(List.of(), incremental.check().violations());
      }
    } finally {
      stop.set(true);
      posting.join();
    }
  }

  @Test
  void survivesRebuildOfTheProjection() {
    assertTrue(incremental.check().passed());
    ledger.engine().close();
    ledger
        .execute(
            "truncate ledger.posting, ledger.account, ledger.business_day, ledger.shifted, ledger.hold, "
                + "ledger.period; "
                + "update ledger.projection set seq = 0");
    ledger.start(ledger.database());
    played.play(100);
    ledger.awaitProjection();
    assertEquals(List.of(), incremental.check().violations());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "delete from ledger.log where seq = (select max(seq) / 2 from ledger.log)",
      "delete from ledger.log where seq = (select max(seq) from ledger.log)",
      "update ledger.log set amount = amount + 1 where seq = (select min(seq) from ledger.log where kind = 1)",
      "update ledger.log set debit_balance = debit_balance + 1 where seq = "
          + "(select max(seq) from ledger.log where kind = 1)",
      "update ledger.log set booked_at = booked_at + interval '1 day' where seq = 5",
      "update ledger.account set balance = balance + 1, last_seq = last_seq where number = 1",
      "update ledger.account set balance = balance + case number when 1 then 1 else -1 end where number in (1, 3)",
      "delete from ledger.posting where ctid = (select min(ctid) from ledger.posting)",
      "update ledger.account set balance = balance + case number when 1 then 1 else -1 end, "
          + "last_seq = case number when 1 then 2 else 4 end where number in (1, 3)",
      "update ledger.posting set offsets = set_byte(offsets, length(offsets) - 1, "
          + "(get_byte(offsets, length(offsets) - 1) + 1) % 256) where ctid = (select max(ctid) from ledger.posting)",
      "update ledger.posting p set account = case account when 1 then 3 else 1 end where seq = "
          + "(select min(seq) from ledger.posting) and account in (1, 3)",
      "update ledger.shifted set moved = moved + 1 where ctid = (select min(ctid) from ledger.shifted)",
      "update ledger.shifted set entries = entries + 1 where ctid = (select max(ctid) from ledger.shifted)",
      "delete from ledger.shifted where ctid = (select min(ctid) from ledger.shifted)",
      "update ledger.account set held = held + 1 where number = 5",
      "delete from ledger.hold where id = (select id from ledger.hold order by placed_seq limit 1)",
      "update ledger.hold set captured = placed - held - 1, placed = placed + 1 where status <> 'open'",
      "update ledger.hold set placed = placed + 1",
      "delete from ledger.period",
      "update ledger.period set through = through - 1",
      "update ledger.log set value_date = '2027-02-20' where seq = (select max(seq) from ledger.log where kind = 1)",
      "update ledger.business_day set opened_seq = opened_seq + 1",
      "insert into ledger.business_day (date, opened_seq, opened_at) values ('2027-03-02', 2, now())",
      "update ledger.writer set seq = seq + 1",
      "update ledger.projection set seq = seq + 1"})
  void findsWhatSomebodyMadeWrong(String tampering) {
    assertTrue(proof.check().passed());
    ledger.engine().close();
    ledger.execute("alter table ledger.log disable trigger all; " + tampering);
    Report report = proof.check();
    assertEquals(LedgerCheck.Status.BROKEN, report.status(), tampering);
    assertFalse(report.passed());
    assertFalse(report.violations().isEmpty());
    assertEquals(0, report.provenTo());
  }

  @Test
  void incrementalCheckFindsWhatIsWrongInNewEntries() {
    assertTrue(incremental.check().passed());
    played.play(100);
    ledger.awaitProjection();
    ledger.engine().close();
    ledger.execute("alter table ledger.log disable trigger all; "
        + "update ledger.log set credit_balance = credit_balance + 1 where seq = (select max(seq) - 20 from ledger.log "
        + "where kind = 1) or seq = (select max(seq) from ledger.log where kind = 1)");
    assertFalse(incremental.check().passed());
    ledger.execute("alter table ledger.log disable trigger all; "
        + "update ledger.log set credit_balance = credit_balance - 1 where seq = (select max(seq) - 20 from ledger.log "
        + "where kind = 1) or seq = (select max(seq) from ledger.log where kind = 1)");
    assertEquals(List.of(), incremental.check().violations());
  }

  /** As a process does that starts on a log too long to be proven at once. */
  @Test
  void provesALongLogSliceBySlice() {
    playMore();
    var sliced = slicedProof();
    long last = ledger.count("select seq from ledger.projection");
    long left = last;
    int checks = 0;
    while (left > 0) {
      Report report = sliced.check();
      assertEquals(List.of(), report.violations());
      assertEquals(report.unproven() == 0, report.passed(), "what is unproven has not passed");
      assertTrue(report.unproven() == 0 || report.provenTo() + report.unproven() == last);
      assertTrue(report.unproven() < left, "each check proves some more");
      left = report.unproven();
      checks++;
      played.play(50);
    }
    assertTrue(checks > 2, checks + " checks");
    ledger.awaitProjection();
    assertEquals(0, sliced.check().unproven());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "update ledger.log set debit_balance = debit_balance + 1 where seq = "
          + "(select min(seq) from ledger.log where kind = 1)",
      "update ledger.log set amount = amount + 1 where seq = (select min(seq) from ledger.log where kind = 1 and "
          + "seq > (select max(seq) / 2 from ledger.log))",
      "update ledger.log set booked_at = booked_at + interval '1 day' where seq = "
          + "(select max(seq) / 2 from ledger.log)",
      "update ledger.log set credit_balance = credit_balance + 1 where seq = "
          + "(select max(seq) from ledger.log where kind = 1)"})
  void findsWhatIsWrongInAnyOldSlice(String tampering) {
    playMore();
    ledger.engine().close();
    ledger.execute("alter table ledger.log disable trigger all; " + tampering);
    var sliced = slicedProof();
    Report report = sliced.check();
    while (report.status() == LedgerCheck.Status.PROVING) {
      report = sliced.check();
    }
    assertFalse(report.passed(), tampering);
    assertFalse(sliced.check().passed(), "what was found is not forgotten");
  }

  /** As by the timer: nothing is left for good that was once seen to be right. */
  @ParameterizedTest
  @ValueSource(strings = {
      "update ledger.log set amount = amount + 1 where seq = (select min(seq) from ledger.log where kind = 1)",
      "update ledger.account set balance = balance + case number when 1 then 1 else -1 end, "
          + "last_seq = case number when 1 then 2 else 4 end where number in (1, 3)",
      "update ledger.shifted set moved = moved + 1 where ctid = (select min(ctid) from ledger.shifted)"})
  void findsLaterDamageToWhatWasProven(String tampering) {
    playMore();
    var quiet = new BookProof(ledger.database(), Clock.systemUTC(), new Sizes(0, Long.MAX_VALUE, 100));
    assertTrue(quiet.check().passed());
    assertTrue(quiet.checkQuietly().passed());
    ledger.engine().close();
    ledger.execute("alter table ledger.log disable trigger all; " + tampering);
    Report report = quiet.checkQuietly();
    for (int slice = 0; slice < 20 && report.passed(); slice++) {
      report = quiet.checkQuietly();
    }
    assertEquals(LedgerCheck.Status.BROKEN, report.status(), tampering);
    assertEquals(LedgerCheck.Status.BROKEN, quiet.checkQuietly().status(), "what was found is not forgotten");
  }

  /** Several projections, so that there are ends for slices. */
  private void playMore() {
    for (int i = 0; i < 5; i++) {
      played.play(100);
      ledger.awaitProjection();
    }
  }

  private LedgerCheck slicedProof() {
    return new BookProof(ledger.database(), Clock.systemUTC(), new Sizes(0, 100, 100));
  }
}
