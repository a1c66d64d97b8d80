package ai.qenex.security.service.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.MerkleProof;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLog.Growth;
import ai.qenex.security.AuditLog.Inclusion;
import ai.qenex.security.AuditLog.Page;
import ai.qenex.security.AuditLog.Report;
import ai.qenex.security.AuditLog.Search;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log on a real PostgreSQL (invariants AUDIT-1 to AUDIT-3). */
class AuditIT {

  private static final Search EVERYTHING = new Search(Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  @TempDir private Path folder;
  private AuditFixture audit;

  @BeforeEach
  void prepare() {
    audit = new AuditFixture(folder);
  }

  @AfterEach
  void close() {
    audit.close();
  }

  @Test
  void givesEveryRecordTheNextNumberAndSignsThemAll() throws Exception {
    AuditEngine engine = audit.start("one");
    Set<Long> numbers = fromManyThreads(List.of(engine), 3_000);
    audit.awaitSigned();
    assertEquals(3_000, numbers.size());
    assertEquals(3_000, audit.reading.size());
    engine.close();
    assertEquals(Optional.empty(), audit.verify());
    assertTrue(audit.copiedHeads().size() >= 1);
  }

  @Test
  void twoNodesWriteOneLogWithoutGaps() throws Exception {
    List<AuditEngine> nodes = List.of(audit.start("one"), audit.start("two"));
    Set<Long> numbers = fromManyThreads(nodes, 1_000);
    audit.awaitSigned();
    assertEquals(1_000, numbers.size(), "no number was given twice");
    List<AuditRecord> log = audit.export();
    assertEquals(1_000, log.size());
    assertEquals(Set.of("one", "two"), new HashSet<>(log.stream().map(AuditRecord::node).toList()));
    assertEquals(List.of(), new AuditCheck(audit.reading).run(Optional.empty()).violations());
  }

  @Test
  void losesAndDoublesNothingWhenItsConnectionBreaks() throws Exception {
    AuditEngine engine = audit.start("one");
    ExecutorService breaking = Executors.newSingleThreadExecutor();
    Future<?> breaker = breaking.submit(() -> {
      for (int i = 0; i < 5; i++) {
        long before = audit.reading.size();
        AuditFixture.await("more", () -> audit.reading.size() > before + 20);
        audit.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and query like 'copy security.audit%'");
      }
      return null;
    });
    Set<Long> numbers = fromManyThreads(List.of(engine), 4_000);
    breaker.get();
    breaking.shutdown();
    assertEquals(4_000, numbers.size());
    assertEquals(4_000, audit.export().stream().map(record -> record.event().subject().id()).distinct().count());
    assertEquals(4_000, audit.reading.size());
    engine.close();
    assertEquals(Optional.empty(), audit.verify());
  }

  private Set<Long> fromManyThreads(List<AuditEngine> engines, int records) throws Exception {
    Set<Long> numbers = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      String id = "t" + i;
      AuditEngine engine = engines.get(i % engines.size());
      calls.add(() -> numbers.add(engine.intend(AuditFixture.event(id, AuditOutcome.INTENDED))));
    }
    for (Future<Boolean> call : threads.invokeAll(calls)) {
      assertTrue(call.get());
    }
    threads.shutdown();
    return numbers;
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    for (int start = 0; start < 3; start++) {
      AuditEngine engine = audit.start("one");
      for (int i = 0; i < 700; i++) {
        engine.note(AuditFixture.event("t" + i, AuditOutcome.SUCCEEDED));
      }
      engine.close();
      assertEquals(700 * (start + 1), audit.reading.latestHead().orElseThrow().size(), "it signs before it ends");
    }
    assertEquals(Optional.empty(), audit.verify());
  }

  @Test
  void theDatabaseRefusesToChangeOrRemove() throws Exception {
    audit.start("one").record(AuditFixture.event("t", AuditOutcome.SUCCEEDED));
    audit.awaitSigned();
    for (String[] attack : new String[][] {{"audit_record", "actor = ''"}, {"audit_head", "size = 7"},
        {"audit_key", "suite = ''"}, {"audit_tree", "index = 7"}}) {
      String table = "security." + attack[0];
      for (String sql : List.of("delete from " + table, "truncate " + table + " cascade",
          "update " + table + " set " + attack[1])) {
        SQLException refused = assertThrows(SQLException.class, () -> audit.execute(sql), sql);
        assertTrue(refused.getMessage().contains("append-only"), refused::getMessage);
      }
    }
  }

  @Test
  void theCheckFindsWhatWasChangedBehindItsBack() throws Exception {
    AuditEngine engine = audit.start("one");
    for (int i = 0; i < 3_000; i++) {
      engine.note(AuditFixture.event("t" + i, AuditOutcome.SUCCEEDED));
    }
    engine.record(AuditFixture.event("last", AuditOutcome.SUCCEEDED));
    audit.awaitSigned();
    engine.close();
    var check = new AuditCheck(audit.reading);
    assertEquals(List.of(), check.run(Optional.empty()).violations());
    attack(check, "actor = 'nobody'", "actor = 'demo-teller'", 7);
    attack(check, "outcome = 'refused'", "outcome = 'succeeded'", 3_000);
    attack(check, "kind = 'nonsense'", "kind = 'action'", 1_500);
    attack(check, "at = at + interval '1 microsecond'", "at = at - interval '1 microsecond'", 2_222);
    audit.tamper("update security.audit_record set seq = 100000 where seq = 1234");
    assertViolated(check.run(Optional.empty()), "missing");
    assertTrue(audit.verify().isPresent());
    audit.tamper("update security.audit_record set seq = 1234 where seq = 100000");
    assertEquals(List.of(), check.run(Optional.empty()).violations());
    audit.tamper("delete from security.audit_record where seq > 2990");
    assertViolated(check.run(Optional.empty()), "covers 3001 records");
    assertTrue(audit.verify().orElseThrow().what().contains("truncated"));
  }

  private void attack(AuditCheck check, String change, String back, long seq) throws Exception {
    audit.tamper("update security.audit_record set " + change + " where seq = " + seq);
    Report report = check.run(Optional.empty());
    assertFalse(report.violations().isEmpty(), change);
    audit.tamper("update security.audit_record set " + back + " where seq = " + seq);
    assertEquals(List.of(), check.run(Optional.empty()).violations());
  }

  private static void assertViolated(Report report, String what) {
    assertTrue(report.violations().toString().contains(what), () -> report.violations().toString());
  }

  /** Whoever restores an old backup, or cuts log and heads off together, has the copies of the heads against him. */
  @Test
  void theCopiesOfHeadsBetrayALogThatWasCutOff() throws Exception {
    AuditEngine engine = audit.start("one");
    engine.record(AuditFixture.event("first", AuditOutcome.SUCCEEDED));
    audit.awaitSigned();
    engine.record(AuditFixture.event("second", AuditOutcome.SUCCEEDED));
    audit.awaitSigned();
    engine.close();
    audit.tamper("delete from security.audit_record where seq = 2");
    audit.tamper("delete from security.audit_head where size = 2");
    AuditEngine again = audit.start("one");
    AuditFixture.await("the signer sees it", () -> again.whyNotReady().isPresent());
    assertTrue(again.whyNotReady().orElseThrow().contains("cut off"));
    assertTrue(audit.verify().orElseThrow().what().contains("truncated"));
  }

  @Test
  void provesRecordsAndGrowth() throws Exception {
    AuditEngine engine = audit.start("one");
    for (int i = 0; i < 2_500; i++) {
      engine.note(AuditFixture.event("t" + i, AuditOutcome.SUCCEEDED));
      if (i % 500 == 0) {
        engine.record(AuditFixture.event("wait" + i, AuditOutcome.SUCCEEDED));
        audit.awaitSigned();
      }
    }
    engine.record(AuditFixture.event("last", AuditOutcome.SUCCEEDED));
    audit.awaitSigned();
    for (long seq : new long[] {1, 2, 1_024, 1_025, 2_047, 2_500, 2_506}) {
      Inclusion proof = audit.reading.inclusion(seq, Optional.empty()).orElseThrow();
      assertTrue(new MerkleProof.Inclusion(proof.record().hash(), seq - 1, proof.head().size(), proof.path())
          .isProvenUnder(proof.head().root()));
    }
    assertEquals(Optional.empty(), audit.reading.inclusion(100_000, Optional.empty()));
    long last = audit.reading.latestHead().orElseThrow().number();
    for (long from = 1; from <= last; from++) {
      Growth growth = audit.reading.consistency(from, last).orElseThrow();
      AuditHead first = growth.from();
      assertTrue(new MerkleProof.Consistency(first.size(), growth.to().size(), growth.path())
          .isProvenFor(first.root(), growth.to().root()));
    }
    assertEquals(Optional.empty(), audit.reading.consistency(1, last + 1));
  }

  @Test
  void findsByEveryMark() throws Exception {
    AuditEngine engine = audit.start("one");
    Instant before = Instant.now().minusSeconds(60);
    for (int i = 0; i < 50; i++) {
      engine.note(AuditFixture.event("t" + i, i % 5 == 0 ? AuditOutcome.REFUSED : AuditOutcome.SUCCEEDED));
    }
    engine.record(AuditFixture.event("last", AuditOutcome.SUCCEEDED));
    Page newest = audit.reading.find(EVERYTHING, Long.MAX_VALUE, 20);
    assertEquals(20, newest.records().size());
    assertEquals("last", newest.records().get(0).event().subject().id());
    Page rest = audit.reading.find(EVERYTHING, newest.below(), 40);
    assertEquals(31, rest.records().size());
    assertEquals(0, rest.below());
    assertEquals(10, found(new Search(Optional.of(before), Optional.of(Instant.now().plusSeconds(60)),
        Optional.of("demo-teller"), Optional.empty(), Optional.of("POST transfers"), Optional.empty(),
        Optional.of(AuditOutcome.REFUSED),
        Optional.empty())));
    assertEquals(0,
        found(new Search(Optional.empty(), Optional.of(before), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty())));
    assertEquals(1,
        found(new Search(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.of("t7"), Optional.empty(), Optional.of("c-t7"))));
  }

  private int found(Search search) {
    return audit.reading.find(search, Long.MAX_VALUE, 100).records().size();
  }

  @Test
  void refusesWhatItCannotTakeOnAndTellsHowMuchItLeftOut() throws Exception {
    AuditEngine engine = audit.start(AuditFixture.settings(folder, "one", 50));
    ExecutorService holding = Executors.newSingleThreadExecutor();
    Future<?> held = holding.submit(() -> {
      audit.execute("begin; lock table security.audit_record in exclusive mode; select pg_sleep(3); commit");
      return null;
    });
    AuditFixture.await("the log is held up", () -> !tryWrite(engine));
    QenexException refused = assertThrows(QenexException.class,
        () -> engine.intend(AuditFixture.event("x", AuditOutcome.INTENDED)));
    assertEquals(ErrorCode.OVERLOADED, refused.code());
    engine.note(AuditFixture.event("too many", AuditOutcome.REFUSED));
    held.get();
    holding.shutdown();
    AuditFixture.await("the log goes on", () -> !engine.isFull());
    engine.record(AuditFixture.event("y", AuditOutcome.SUCCEEDED));
    assertTrue(audit.export().stream().anyMatch(record -> record.event().after().startsWith("not written")));
  }

  /** Fills the queue; false when it is full. */
  private static boolean tryWrite(AuditEngine engine) {
    engine.note(AuditFixture.event("fill", AuditOutcome.REFUSED));
    return !engine.isFull();
  }
}
