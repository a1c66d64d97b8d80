package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README and the handbook lead somewhere: their links, their index of invariants, and the tests that pages name.
 */
class HandbookTest {

  private static final Path PROJECT = Path.of("..", "..");
  private static final Path HANDBOOK = PROJECT.resolve("config").resolve("handbook");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  /** A test class, and perhaps a method; or a method alone, which belongs to the class named before it. */
  private static final Pattern TEST =
      Pattern.compile("`(?:[a-z.]+\\.)?([A-Z]\\w*(?:Test|IT|Properties))?(?:\\.(\\w+))?(?:\\(\\))?`");

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages(HANDBOOK, PROJECT.resolve("README.md"))) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          broken.add(page + " -> " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void decisionsAreNumberedOneByOne() throws IOException {
    List<String> numbers = pages(HANDBOOK.resolve("decisions")).stream().map(page -> page.getFileName().toString())
        .filter(name -> !name.equals("README.md")).map(name -> name.substring(0, 4)).sorted().toList();
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals(String.format("%04d", i + 1), numbers.get(i), "the next free number is the next page's");
    }
  }

  @Test
  void everyInvariantIsInTheIndex() throws IOException {
    String index = Files.readString(HANDBOOK.resolve("invariants").resolve("README.md"));
    List<String> missing = invariants().stream().map(page -> page.getFileName().toString())
        .filter(Predicate.not(index::contains)).toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void everyTestThatAnInvariantNamesExists() throws IOException {
    Map<String, String> tests = testSources();
    List<String> missing = new ArrayList<>();
    for (Path page : invariants()) {
      int named = 0;
      for (String line : Files.readAllLines(page)) {
        if (line.startsWith("| test") || line.startsWith("| attacked by")) {
          named++;
          missing.addAll(missingTests(page, line, tests));
        }
      }
      assertTrue(named > 0, page + " names no test");
    }
    assertEquals(List.of(), missing);
  }

  private static List<String> missingTests(Path page, String line, Map<String, String> tests) {
    List<String> missing = new ArrayList<>();
    String test = "";
    for (Matcher found = TEST.matcher(line); found.find();) {
      test = found.group(1) == null ? test : found.group(1);
      String source = tests.get(test);
      if (source == null || found.group(2) != null && !source.contains(" " + found.group(2) + "(")) {
        missing.add(page.getFileName() + " names " + found.group());
      }
    }
    return missing;
  }

  private static List<Path> invariants() throws IOException {
    return pages(HANDBOOK.resolve("invariants")).stream().filter(page -> !page.endsWith("README.md")).toList();
  }

  private static List<Path> pages(Path... roots) throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        pages.addAll(files.filter(file -> file.toString().endsWith(".md")).sorted(Comparator.naturalOrder()).toList());
      }
    }
    return pages;
  }

  /** Every test's text by its simple name. */
  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String top : new String[] {"config", "ejb", "batch", "web"}) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(top))) {
        for (Path file : files.filter(HandbookTest::isTest).collect(Collectors.toList())) {
          sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        }
      }
    }
    return sources;
  }

  private static boolean isTest(Path file) {
    return file.toString().replace('\\', '/').contains("/src/test/") && file.toString().endsWith(".java");
  }
}
