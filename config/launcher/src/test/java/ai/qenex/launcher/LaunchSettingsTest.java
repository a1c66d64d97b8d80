package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchSettingsTest {

  private static final Path HOME = Path.of("data").toAbsolutePath();
  private static final Map<String, String> BUILT = Map.of("qenex.server.home", "server", "qenex.ear", "qenex.ear");

  @Test
  void needsNothingButABuild() {
    LaunchSettings settings = read(Map.of(), Map.of());
    assertEquals(HOME, settings.data());
    assertEquals(new LaunchSettings.Ports(8080, 8443, 9990, 6543), settings.ports());
    assertTrue(settings.demo());
    assertEquals("1g", settings.heap());
    assertEquals(URI.create("http://localhost:8080"), settings.baseUrl());
  }

  @Test
  void prefersPropertiesToEnvironmentAndTakesBlankAsAbsent() {
    LaunchSettings settings = read(Map.of("qenex.http.port", "18080", "qenex.db.port", ""),
        Map.of("QENEX_HTTP_PORT", "28080", "QENEX_DB_PORT", "16543", "QENEX_DEMO", "false"));
    assertEquals(18_080, settings.ports().http());
    assertEquals(16_543, settings.ports().database());
    assertFalse(settings.demo());
  }

  @ParameterizedTest
  @CsvSource({"qenex.http.port,0", "qenex.http.port,65536", "qenex.db.port,abc", "qenex.db.port,-1", "qenex.demo,yes",
      "qenex.server.heap,big", "qenex.server.heap,1g -Dx=y"})
  void refusesAWrongValueByName(String property, String value) {
    LaunchRefusedException refusal =
        assertThrows(LaunchRefusedException.class, () -> read(Map.of(property, value), Map.of()));
    assertTrue(refusal.getMessage().startsWith(property), refusal::getMessage);
  }

  @Test
  void refusesTwoServicesOnOnePort() {
    assertThrows(LaunchRefusedException.class, () -> read(Map.of("qenex.http.port", "8443"), Map.of()));
  }

  private static LaunchSettings read(Map<String, String> properties, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(BUILT);
    all.putAll(properties);
    return LaunchSettings.read(all::get, environment::get, HOME);
  }
}
