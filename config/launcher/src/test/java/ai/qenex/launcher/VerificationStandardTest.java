package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The handbook's table of OWASP ASVS 5.0.0 leaves no requirement out, counts itself rightly, and what it names as proof
 * exists.
 */
class VerificationStandardTest {

  private static final Path PROJECT = Path.of("..", "..");
  private static final Path PAGE = PROJECT.resolve("config").resolve("handbook").resolve("asvs.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+)\\.(\\d+)\\.(\\d+) \\| ([123]) \\| ([^|]+) \\| (met|partly|open|n/a) \\| ([^|]+) \\|");
  private static final Pattern COUNTS =
      Pattern.compile("\\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+\\.\\d) % \\|");
  /** A class, or a path from the project's folder. */
  private static final Pattern NAMED =
      Pattern.compile("`(?:([A-Z][A-Za-z0-9]+)|([a-z][\\w.-]*(?:/[\\w.-]+)+|pom\\.xml))`");
  private static final Pattern LINK = Pattern.compile("]\\([^)]+\\)");
  /** Requirements by chapter: of level 1, of level 2, and of level 3 where the table has them. */
  private static final Map<Integer, List<Integer>> PUBLISHED = new TreeMap<>(Map.ofEntries(
      Map.entry(1, List.of(8, 19, 0)), Map.entry(2, List.of(4, 7, 0)), Map.entry(3, List.of(8, 11, 0)),
      Map.entry(4, List.of(2, 8, 0)), Map.entry(5, List.of(4, 5, 0)), Map.entry(6, List.of(13, 22, 0)),
      Map.entry(7, List.of(6, 12, 0)), Map.entry(8, List.of(4, 3, 6)), Map.entry(9, List.of(4, 3, 0)),
      Map.entry(10, List.of(5, 24, 0)), Map.entry(11, List.of(3, 11, 10)), Map.entry(12, List.of(3, 6, 3)),
      Map.entry(13, List.of(1, 12, 0)), Map.entry(14, List.of(2, 7, 0)), Map.entry(15, List.of(3, 10, 0)),
      Map.entry(16, List.of(0, 16, 1)), Map.entry(17, List.of(0, 7, 0))));

  private record Requirement(int chapter, String id, int level, String status, String shown) {}

  @Test
  void hasEveryRequirementOfItsLevels() throws IOException {
    Map<Integer, List<Integer>> found = new TreeMap<>();
    Set<String> ids = new HashSet<>();
    for (Requirement row : rows()) {
      assertTrue(ids.add(row.id()), row.id() + " stands there twice");
      List<Integer> levels = found.computeIfAbsent(row.chapter(), chapter -> new ArrayList<>(List.of(0, 0, 0)));
      levels.set(row.level() - 1, levels.get(row.level() - 1) + 1);
    }
    assertEquals(PUBLISHED, found);
    assertEquals(List.of(70, 183, 20),
        IntStream.range(0, 3).mapToObj(level -> found.values().stream().mapToInt(of -> of.get(level)).sum()).toList());
  }

  @Test
  void everyLineOfItsTablesIsARequirement() throws IOException {
    List<String> odd = Files.readAllLines(PAGE).stream().filter(line -> line.matches("\\| \\d+\\..*"))
        .filter(line -> !ROW.matcher(line).matches()).toList();
    assertEquals(List.of(), odd);
  }

  @Test
  void countsItselfRightly() throws IOException {
    Map<String, Long> counts =
        rows().stream().collect(Collectors.groupingBy(Requirement::status, Collectors.counting()));
    Matcher told = COUNTS.matcher(Files.readString(PAGE));
    assertTrue(told.find(), "the page begins with its counts");
    long met = counts.getOrDefault("met", 0L);
    long applicable = rows().size() - counts.getOrDefault("n/a", 0L);
    assertEquals(List.of(met, counts.getOrDefault("partly", 0L), counts.getOrDefault("open", 0L),
        counts.getOrDefault("n/a", 0L), met * 1000 / applicable),
        List.of(Long.parseLong(told.group(1)), Long.parseLong(told.group(2)), Long.parseLong(told.group(3)),
            Long.parseLong(told.group(4)), Long.parseLong(told.group(5).replace(".", ""))));
  }

  @Test
  void whatIsMetNamesWhatShowsIt() throws IOException {
    List<String> silent = rows().stream().filter(row -> row.status().equals("met"))
        .filter(row -> !NAMED.matcher(row.shown()).find() && !LINK.matcher(row.shown()).find()).map(Requirement::id)
        .toList();
    assertEquals(List.of(), silent);
  }

  @Test
  void whatIsNamedExists() throws IOException {
    Set<String> classes = classes();
    List<String> missing = new ArrayList<>();
    for (Requirement row : rows()) {
      for (MatchResult named : NAMED.matcher(row.shown()).results().toList()) {
        boolean exists = named.group(1) == null ? Files.exists(PROJECT.resolve(named.group(2)))
            : classes.contains(named.group(1));
        if (!exists) {
          missing.add(row.id() + " names " + named.group());
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static List<Requirement> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results().map(row -> new Requirement(Integer.parseInt(row.group(1)),
        row.group(1) + "." + row.group(2) + "." + row.group(3), Integer.parseInt(row.group(4)), row.group(6),
        row.group(7))).toList();
  }

  private static Set<String> classes() throws IOException {
    Set<String> names = new HashSet<>();
    for (String top : new String[] {"config", "ejb", "batch", "web"}) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(top))) {
        files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
            .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
      }
    }
    return names;
  }
}
