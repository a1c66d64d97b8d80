package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The handbook's configuration page names every property that the sources read. */
class ConfigurationReferenceTest {

  private static final Path PROJECT = Path.of("..", "..");
  /** Where properties are read: as Java strings, and as expressions of the server's script. */
  private static final Pattern IN_JAVA = Pattern.compile("\"(qenex\\.[a-z.-]*[a-z])\"");
  private static final Pattern IN_SCRIPT = Pattern.compile("\\$\\{(qenex\\.[a-z.-]*[a-z])[:}]");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(qenex\\.[a-z.-]+)`");
  /** Names that begin alike and are no properties: destinations and files. */
  private static final Pattern OTHER =
      Pattern.compile("qenex\\.(gl\\.journal|out\\..*|[a-z]+\\.events|compliance\\.alerts|xml|ear\\.failed)");

  @Test
  void namesEveryPropertyThatTheSourcesRead() throws IOException {
    Set<String> read = new TreeSet<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      boolean script = source.toString().endsWith(".cli");
      (script ? IN_SCRIPT : IN_JAVA).matcher(text).results().map(found -> found.group(1))
          .filter(name -> !OTHER.matcher(name).matches()).forEach(read::add);
    }
    assertFalse(read.isEmpty(), "sources were found");
    read.removeAll(documented());
    assertEquals(Set.of(), read, "add these to config/handbook/configuration.md");
  }

  private static Set<String> documented() throws IOException {
    String page = Files.readString(PROJECT.resolve("config").resolve("handbook").resolve("configuration.md"));
    Set<String> names = new TreeSet<>();
    DOCUMENTED.matcher(page).results().forEach(found -> names.add(found.group(1)));
    return names;
  }

  private static Set<Path> sources() throws IOException {
    Set<Path> sources = new TreeSet<>();
    for (String top : new String[] {"config", "ejb", "batch", "web"}) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(top))) {
        files.filter(ConfigurationReferenceTest::isSource).forEach(sources::add);
      }
    }
    return sources;
  }

  private static boolean isSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/") && (path.endsWith(".java") || path.endsWith(".cli"))
        && !path.contains("/benchmark/");
  }
}
