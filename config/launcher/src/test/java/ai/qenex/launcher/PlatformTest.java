package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  private static final Path HOME = Path.of("home");

  @ParameterizedTest
  @CsvSource({"Linux,LINUX", "FreeBSD,LINUX", "Mac OS X,MACOS", "Windows 11,WINDOWS"})
  void isToldByJavasName(String osName, Platform platform) {
    assertEquals(platform, Platform.of(osName));
  }

  @Test
  void keepsDataWhereTheSystemLikesIt() {
    Map<String, String> environment = Map.of("APPDATA", "roaming");
    assertEquals(Path.of("home/.qenex"), Platform.LINUX.dataFolder(HOME, environment::get));
    assertEquals(Path.of("home/Library/Application Support/QENEX"),
        Platform.MACOS.dataFolder(HOME, environment::get));
    assertEquals(Path.of("roaming/QENEX"), Platform.WINDOWS.dataFolder(HOME, environment::get));
    assertEquals(Path.of("home/AppData/Roaming/QENEX"), Platform.WINDOWS.dataFolder(HOME, name -> null));
  }
}
