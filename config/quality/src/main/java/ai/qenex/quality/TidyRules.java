package ai.qenex.quality;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The sources of the module are tidy, so that a reader meets the idea and not its wrapping. */
class TidyRules {

  private final Sources sources = new Sources(ThisModule.folder());

  @Test
  void sourcesAreTidy() {
    assertNothing(sources.files().stream().flatMap(file -> Tidiness.findings(file).stream()).toList());
  }

  @Test
  void everyPackageIsIntroduced() {
    assertNothing(sources.packagesWithoutIntroduction());
  }

  private static void assertNothing(List<String> findings) {
    if (!findings.isEmpty()) {
      fail(findings.size() + " findings:\n" + String.join("\n", findings));
    }
  }
}
