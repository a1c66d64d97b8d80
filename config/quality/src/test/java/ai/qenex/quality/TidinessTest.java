package ai.qenex.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offending words are put together here, so that the rules do not find this file. */
class TidinessTest {

  private static final String MAIN = "src/main/java/ai/qenex/ledger/Ledger.java";
  private static final String TEST = "src/test/java/ai/qenex/ledger/LedgerTest.java";

  @Test
  void findsNothingInATidyFile() {
    assertEquals(List.of(), findings(MAIN, "package ai.qenex.ledger;", "", "import java.util.List;", "",
        "/** A list: \"XXX\" is no currency. */", "interface Ledger extends List<String> {}"));
  }

  @ParameterizedTest
  @CsvSource({"TO,DO", "FIX,ME", "X,XX"})
  void findsUnfinishedWork(String start, String end) {
    assertFinding("unfinished", MAIN, "// " + start + end + ": later");
  }

  @Test
  void findsTabsTrailingSpacesAndLongLines() {
    assertFinding("a tab", MAIN, "\tint a;");
    assertFinding("trailing", MAIN, "int a; ");
    assertFinding("120 columns", MAIN, "x".repeat(121));
    assertEquals(List.of(), findings(MAIN, "x".repeat(120)));
  }

  @Test
  void countsColumnsAsAReaderDoes() {
    assertEquals(List.of(), findings(MAIN, "\ud83d\udcb6".repeat(120)));
  }

  @Test
  void findsLongFiles() {
    assertFinding("451 lines", MAIN, Collections.nCopies(451, "x").toArray(String[]::new));
    assertEquals(List.of(), findings(MAIN, Collections.nCopies(450, "x").toArray(String[]::new)));
  }

  @Test
  void findsTestsThatDoNotRunOrProveNothing() {
    assertFinding("does not run", TEST, "  @Disa" + "bled", "  void a() { assertTrue(true); }");
    assertFinding("without an assertion", TEST, "  @Test void a() { open(); }");
    assertEquals(List.of(), findings(TEST, "  @Test void a() { assertEquals(1, 1); }"));
    assertEquals(List.of(),
        findings("src/test/java/ai/qenex/SumProperties.java", "@Property", "boolean adds() { return true; }"));
  }

  @Test
  void findsLongMethods() {
    List<String> method = new ArrayList<>(Collections.nCopies(61, "    step();"));
    method.add(0, "  void all() throws IOException {");
    method.add("  }");
    assertFinding("61 lines", MAIN, method.toArray(String[]::new));
    method.set(0, "  record All(int a) {");
    assertEquals(List.of(), findings(MAIN, method.toArray(String[]::new)));
    method.set(0, "  void all(");
    method.set(1, "      int a, int b) {");
    assertEquals(List.of(), findings(MAIN, method.toArray(String[]::new)));
    method.add(2, "    step();");
    assertFinding("61 lines", MAIN, method.toArray(String[]::new));
  }

  @Test
  void asksWhyEverythingIsCaught() {
    assertFinding("catches everything", MAIN, "    } catch (RuntimeException e) {", "      stop();");
    assertEquals(List.of(), findings(MAIN, "    } catch (Exception e) {", "      // the thread ends here"));
    assertEquals(List.of(), findings(MAIN, "    } catch (IOException e) {", "      stop();"));
  }

  @Test
  void findsPathsOfOneMachine() {
    assertFinding("one machine", MAIN, "\"/ho" + "me/me/bank\"");
  }

  @Test
  void findsImportsThatSayTooMuch() {
    assertFinding("not used", MAIN, "import java.util.List;", "class A {}");
    assertFinding("everything", MAIN, "import java.util.*;", "class A {}");
    assertFinding("not used", MAIN, "import static java.util.List.of;", "class A {}");
  }

  @Test
  void readsTheSourcesOfAModule(@TempDir Path module) throws IOException {
    Path code = Files.createDirectories(module.resolve("src/main/java/a/b"));
    Files.writeString(code.resolve("B.java"), "package a.b;\n");
    Files.writeString(Files.createDirectories(module.resolve("src/main/resources")).resolve("V1__a.sql"),
        "select 1; \n");
    Files.write(module.resolve("src/main/resources/logo.png"), new byte[] {-1, -2});
    Sources sources = new Sources(module);
    assertEquals(List.of(MAIN.substring(0, 14) + "a/b/B.java", "src/main/resources/V1__a.sql"),
        sources.files().stream().map(SourceFile::path).toList());
    assertEquals(1, sources.packagesWithoutIntroduction().size());
    Files.writeString(code.resolve("package-info.java"), "package a.b;\n");
    assertEquals(List.of(), sources.packagesWithoutIntroduction());
  }

  private static void assertFinding(String words, String path, String... lines) {
    List<String> findings = findings(path, lines);
    assertTrue(findings.size() == 1 && findings.get(0).contains(words), () -> words + " expected, found " + findings);
  }

  private static List<String> findings(String path, String... lines) {
    return Tidiness.findings(new SourceFile(path, List.of(lines)));
  }
}
