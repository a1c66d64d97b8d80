package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerArchives.Archive;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.seal.EntryForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of real logs as files that prove themselves (invariant LEDGER-7), whatever cut the writing off. */
class ArchiveIT {

  private static final int RANGE = 1_000;

  @TempDir private Path folder;
  private final LedgerFixture ledger = new LedgerFixture(LedgerFixture.settingsWithRangesOf(RANGE));
  private RandomHistory played;
  private Archiving archiving;
  private Sealing sealing;

  @BeforeEach
  void playInSmallRanges() {
    ledger.engine().close();
    ledger.execute("alter table ledger.log detach partition ledger.log_1;"
        + "alter table ledger.log attach partition ledger.log_1 for values from (minvalue) to (" + (RANGE + 1) + ");"
        + "update ledger.log_range set last_seq = " + RANGE);
    ledger.start(ledger.database());
    played = new RandomHistory(ledger, 21);
    played.play(2_300);
    archiving = new Archiving(ledger.database(), folder.resolve("archive"), Clock.systemUTC());
  }

  private void seal(int entries) {
    sealing = new Sealing(ledger.database(), ledger.engine(), new SealSettings(entries, Duration.ofMillis(50),
        SealSettings.defaults(folder).suite(), folder.resolve("keys")), Clock.systemUTC());
    sealing.start(Thread::new);
    var reading = new SealReading(ledger.database());
    LedgerFixture.await(() -> reading.sealedUpTo() == ledger.count("select seq from ledger.writer"));
  }

  @AfterEach
  void close() {
    if (sealing != null) {
      sealing.close();
    }
    ledger.close();
  }

  @Test
  void holdsEveryEntryByItsNumberItsIdAndItsAccounts() throws IOException {
    seal(250);
    List<Archive> made = archiving.archive(2 * RANGE + 1);
    assertEquals(List.of(1L, RANGE + 1L), made.stream().map(Archive::first).toList());
    assertEquals(made, archiving.list());
    assertEquals(List.of(), archiving.archive(2 * RANGE), "once is enough");
    List<LedgerEntry> log = played.log();
    for (Archive archive : made) {
      try (ArchiveFile file = ArchiveFile.open(folder.resolve("archive").resolve(archive.file()))) {
        assertTrue(file.whyNotProven().isEmpty());
        List<LedgerEntry> range = log.subList((int) archive.first() - 1, (int) archive.last());
        for (LedgerEntry entry : range) {
          assertArrayEquals(EntryForm.of(entry), file.bySeq(entry.seq()).orElseThrow().form());
          assertEquals(entry, file.byId(entry.id()).orElseThrow().entry());
        }
        assertTrue(file.byId(UUID.randomUUID()).isEmpty());
        assertTrue(file.bySeq(archive.last() + 1).isEmpty());
        for (AccountNumber account : played.accounts()) {
          assertEquals(newestOf(account, range, archive.last() - 100, 40),
              file.ofAccount(account, archive.last() - 100, 40));
        }
      }
    }
  }

  private static List<Long> newestOf(AccountNumber account, List<LedgerEntry> entries, long upTo, int limit) {
    var seqs = new ArrayList<Long>();
    for (LedgerEntry entry : entries) {
      if (entry.seq() <= upTo && entry instanceof TransferPosted posted
          && (posted.debit().equals(account) || posted.credit().equals(account))) {
        seqs.add(entry.seq());
      }
    }
    Collections.reverse(seqs);
    return seqs.subList(0, Math.min(limit, seqs.size()));
  }

  @Test
  void beginsAnewWhateverCutItOff() throws IOException {
    seal(250);
    Path archives = Files.createDirectories(folder.resolve("archive"));
    String name = "ledger-1-1000.archive";
    Files.writeString(archives.resolve(name + ".part"), "killed while it wrote");
    assertEquals(1, archiving.archive(RANGE).size());
    byte[] whole = Files.readAllBytes(archives.resolve(name));
    assertFalse(Files.exists(archives.resolve(name + ".part")));
    // killed between the renaming and the row: a file that nobody knows
    ledger.execute("delete from ledger.archive");
    Files.writeString(archives.resolve(name), "and even if it were broken");
    assertEquals(1, archiving.archive(RANGE).size());
    assertArrayEquals(whole, Files.readAllBytes(archives.resolve(name)));
  }

  @Test
  void provesNothingThatWasChanged() throws IOException {
    seal(250);
    Path file = folder.resolve("archive").resolve(archiving.archive(RANGE).get(0).file());
    byte[] whole = Files.readAllBytes(file);
    var random = new Random(3);
    for (int i = 0; i < 60; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      assertFalse(proves(file));
      Files.write(file, java.util.Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertFalse(proves(file));
    }
    Files.write(file, whole);
    assertTrue(proves(file), "the control");
  }

  private static boolean proves(Path file) {
    try (ArchiveFile archive = ArchiveFile.open(file)) {
      return archive.whyNotProven().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void refusesWhatIsNotSealedInWholeRanges() {
    assertEquals(ErrorCode.CONFLICTING_STATE,
        assertThrows(QenexException.class, () -> archiving.archive(RANGE)).code());
    seal(300);
    assertEquals(ErrorCode.CONFLICTING_STATE,
        assertThrows(QenexException.class, () -> archiving.archive(RANGE)).code());
    assertEquals(List.of(), archiving.archive(RANGE - 1));
    assertEquals(List.of(), archiving.list());
  }

  @Test
  void refusesToArchiveARowThatIsNotWhatWasSealed() {
    seal(250);
    ledger.execute("alter table ledger.log_1 disable trigger all; "
        + "update ledger.log_1 set reference = 'other' where seq = (select max(seq) from ledger.log_1 where kind = 1)");
    assertThrows(QenexException.class, () -> archiving.archive(RANGE));
    assertEquals(List.of(), archiving.list());
  }
}
