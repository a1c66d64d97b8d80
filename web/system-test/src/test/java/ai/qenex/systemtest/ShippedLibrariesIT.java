package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * A bank may ship every library in the EAR: the bill of materials names each, under a licence that asks for nothing.
 */
class ShippedLibrariesIT {

  /** Permissive, or copyleft of single files that we do not change. A new name is added after it was read. */
  private static final Set<String> ALLOWED = Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0",
      "Bouncy Castle Licence");
  private static final String OURS = "ai.qenex";
  private static final Path EAR = Path.of(System.getProperty("qenex.ear"));

  @Test
  void everyLibraryHasALicenceThatIsAllowed() throws IOException {
    Map<String, Set<String>> licences = licencesByLibrary();
    var unknown = new ArrayList<String>();
    for (String library : libraries()) {
      Set<String> named = licences.getOrDefault(library, Set.of());
      if (!library.startsWith("qenex-") && named.stream().noneMatch(ALLOWED::contains)) {
        unknown.add(library + " " + named);
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void theBillNamesAVersionAndADigestOfEveryLibrary() throws IOException {
    JsonNode bill = bill();
    assertEquals("CycloneDX", bill.path("bomFormat").asText());
    var named = new TreeSet<String>();
    for (JsonNode component : bill.path("components")) {
      named.add(component.path("name").asText());
      assertTrue(!component.path("version").asText().isEmpty() && !component.path("purl").asText().isEmpty(),
          component::toString);
      assertTrue(component.path("group").asText().equals(OURS) || !component.path("hashes").isEmpty(),
          component::toString);
    }
    var missing = new TreeSet<>(libraries());
    missing.removeAll(named);
    assertEquals(Set.of(), missing);
  }

  private static Map<String, Set<String>> licencesByLibrary() throws IOException {
    var licences = new HashMap<String, Set<String>>();
    for (JsonNode component : bill().path("components")) {
      var named = new TreeSet<String>();
      for (JsonNode entry : component.path("licenses")) {
        named.add(entry.path("license").path("id").asText(entry.path("license").path("name")
            .asText(entry.path("expression").asText())));
      }
      licences.put(component.path("name").asText(), named);
    }
    return licences;
  }

  private static JsonNode bill() throws IOException {
    return new ObjectMapper().readTree(EAR.resolveSibling("qenex-bom.json").toFile());
  }

  /** The names of all jars, also of those inside the web archive. */
  private static Set<String> libraries() throws IOException {
    var names = new TreeSet<String>();
    try (var ear = new ZipFile(EAR.toFile())) {
      for (ZipEntry entry : ear.stream().toList()) {
        if (entry.getName().endsWith(".war")) {
          try (InputStream war = ear.getInputStream(entry); var inside = new ZipInputStream(war)) {
            for (ZipEntry part = inside.getNextEntry(); part != null; part = inside.getNextEntry()) {
              addJar(names, part.getName());
            }
          }
        }
        addJar(names, entry.getName());
      }
    }
    assertTrue(names.size() > 10, names::toString);
    return names;
  }

  /** Jackson 3 is shipped under names of its own, because those of its files are Jackson 2's. */
  private static void addJar(Set<String> names, String path) {
    if (path.endsWith(".jar")) {
      names.add(path.substring(path.lastIndexOf('/') + 1, path.length() - ".jar".length())
          .replaceFirst("^jackson-3-", "jackson-").replaceFirst("-\\d+\\.[\\w.-]*$", ""));
    }
  }
}
