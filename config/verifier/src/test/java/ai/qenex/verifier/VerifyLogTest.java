package ai.qenex.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.seal.EntryForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The auditor's command on files: unmodified passes, every class of change is found with its place (LEDGER-7). */
class VerifyLogTest {

  private static final int ENTRIES = 3_000;

  @TempDir private Path folder;
  private String said = "";

  private int verify(ExportedLog files, String... kept) {
    var arguments = new ArrayList<>(List.of(files.log.toString(), files.heads.toString(), files.keys.toString()));
    arguments.addAll(List.of(kept));
    return verify(arguments);
  }

  private int verify(List<String> arguments) {
    var out = new ByteArrayOutputStream();
    int code = VerifyLog.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    said = out.toString(StandardCharsets.UTF_8);
    return code;
  }

  private interface Change {
    void to(List<String> lines);
  }

  private void assertFound(int place, Change change) throws IOException {
    ExportedLog files = new ExportedLog(folder).write(ENTRIES, 700, 7);
    List<String> lines = new ArrayList<>(Files.readAllLines(files.log));
    change.to(lines);
    Files.write(files.log, lines);
    assertEquals(VerifyLog.FOUND, verify(files), said);
    long found = Long.parseLong(said.replaceAll("(?s).*sealed: entry (\\d+) .*", "$1"));
    assertTrue(found <= place + 1 && found > place - 1_024, said + " but changed was entry " + place);
  }

  @Test
  void passesWhatIsAsItWasSealed() throws IOException {
    ExportedLog files = new ExportedLog(folder).write(ENTRIES, 700, 7);
    assertEquals(VerifyLog.VERIFIED, verify(files), said);
    assertTrue(said.contains("entries 1 to 3000 are what heads 1 to 5 seal"), said);
    assertEquals(VerifyLog.VERIFIED, verify(files, files.newest()), said);
    Files.writeString(files.log, "");
    Files.writeString(files.heads, "");
    assertEquals(VerifyLog.VERIFIED, verify(files), said);
  }

  @Test
  void findsEveryClassOfChangeAnywhere() throws IOException {
    var random = new Random(5);
    for (int round = 0; round < 6; round++) {
      int place = 1 + random.nextInt(ENTRIES);
      byte[] other = EntryForm.of(ExportedLog.entry(place, new Random(place)));
      String forged = ExportedLog.line(other, new TreeHash().leaf(other)).trim();
      assertFound(place, lines -> lines.set(place - 1, forged));
      assertFound(place, lines -> lines.set(place - 1, lines.get(place - 1).replaceFirst("\"seq\":", "\"seq\":1")));
      assertFound(place, lines -> lines.remove(place - 1));
      assertFound(place, lines -> lines.add(place - 1, forged));
      assertFound(place, lines -> lines.add(place - 1, lines.get(random.nextInt(ENTRIES))));
      assertFound(place, lines -> java.util.Collections.swap(lines, place - 1, place % ENTRIES));
      assertFound(place, lines -> lines.subList(place - 1, ENTRIES).clear());
      assertFound(place, lines -> lines.set(place - 1, lines.get(place - 1).substring(1)));
    }
    assertFound(ENTRIES, lines -> lines.add(lines.get(0)));
  }

  @Test
  void findsForgedAndMissingHeads() throws IOException {
    for (int head = 0; head < 5; head++) {
      for (String part : List.of("first", "rangeRoot", "treeRoot", "previous", "sealedAt", "chunks", "signature")) {
        ExportedLog files = new ExportedLog(folder).write(ENTRIES, 700, 8);
        List<String> lines = new ArrayList<>(Files.readAllLines(files.heads));
        lines.set(head, forged(lines.get(head), part));
        Files.write(files.heads, lines);
        assertNotEquals(VerifyLog.VERIFIED, verify(files), part + ": " + said);
      }
      ExportedLog files = new ExportedLog(folder).write(ENTRIES, 700, 8);
      List<String> lines = new ArrayList<>(Files.readAllLines(files.heads));
      lines.remove(head);
      Files.write(files.heads, lines);
      assertEquals(VerifyLog.FOUND, verify(files), said);
    }
  }

  private static String forged(String head, String part) {
    int value = head.indexOf("\"" + part + "\":") + part.length() + 3;
    int digit = part.equals("sealedAt") ? head.indexOf('Z', value) - 1
        : part.equals("first") ? value : head.indexOf('"', value) + 3;
    char old = head.charAt(digit);
    return head.substring(0, digit) + (old == '5' ? '6' : '5') + head.substring(digit + 1);
  }

  @Test
  void findsWhatWasCutOffEverywhereByAHeadThatWasKept() throws IOException {
    ExportedLog files = new ExportedLog(folder).write(ENTRIES, 700, 9);
    String newest = files.newest();
    Files.write(files.log, Files.readAllLines(files.log).subList(0, 1_400));
    Files.write(files.heads, Files.readAllLines(files.heads).subList(0, 2));
    assertEquals(VerifyLog.VERIFIED, verify(files), "nobody can tell without a head");
    assertEquals(VerifyLog.FOUND, verify(files, newest), said);
    ExportedLog rewritten = new ExportedLog(folder).write(ENTRIES, 700, 10);
    assertEquals(VerifyLog.FOUND, verify(rewritten, newest), said);
  }

  @Test
  void trustsNoOtherKey() throws IOException {
    ExportedLog files = new ExportedLog(folder).write(100, 50, 11);
    byte[] heads = Files.readAllBytes(files.heads);
    ExportedLog other = new ExportedLog(folder).write(100, 50, 11);
    Files.write(other.heads, heads);
    assertEquals(VerifyLog.FOUND, verify(other), said);
    assertTrue(said.contains("trusted"), said);
  }

  @Test
  void saysWhatItCannotRead() throws IOException {
    assertEquals(VerifyLog.UNREADABLE, verify(List.of()));
    ExportedLog files = new ExportedLog(folder).write(10, 5, 12);
    assertEquals(VerifyLog.UNREADABLE, verify(files, "12"));
    Files.writeString(files.heads, "{\"number\":1}");
    assertEquals(VerifyLog.UNREADABLE, verify(files));
    assertTrue(said.contains("line 1 of the heads"), said);
    Files.writeString(files.keys, "[]");
    assertEquals(VerifyLog.UNREADABLE, verify(files));
    Files.delete(files.keys);
    assertEquals(VerifyLog.UNREADABLE, verify(files));
  }

  /** -Dqenex.verifier.entries=1000000 shows the promised speed. */
  @Test
  void readsManyEntriesFast() throws IOException {
    int entries = Integer.getInteger("qenex.verifier.entries", 100_000);
    ExportedLog files = new ExportedLog(folder).write(entries, 50_000, 13);
    long start = System.nanoTime();
    assertEquals(VerifyLog.VERIFIED, verify(files), said);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.getLogger(VerifyLogTest.class.getName()).log(System.Logger.Level.INFO, said);
    assertTrue(seconds < 60.0 * entries / 1_000_000 + 10, said);
  }
}
