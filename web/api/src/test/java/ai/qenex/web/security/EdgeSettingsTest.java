package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.QenexException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeSettingsTest {

  @Test
  void hasDefaultsForEverything() {
    EdgeSettings.Limits limits = read(Map.of());
    assertEquals(new AdaptiveLimit.Bounds(16, 48, 1_000_000_000L), limits.shortRequests());
    assertEquals(new ClientBuckets.Rate(200, 400), limits.rates().address());
    assertEquals(Map.of(), limits.rates().own());
  }

  @Test
  void readsRatesOfNamedUsers() {
    assertEquals(
        Map.of("mobile-app", new ClientBuckets.Rate(500, 1_000), "a@b.example", new ClientBuckets.Rate(1, 2)),
        read(Map.of("qenex.edge.rate-own", "mobile-app=500, a@b.example=1,")).rates().own());
  }

  @Test
  void keepsTheLeastLimitBelowTheMost() {
    assertEquals(new AdaptiveLimit.Bounds(3, 3, 1_000_000_000L),
        read(Map.of("qenex.edge.requests-most", "3")).shortRequests());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"qenex.edge.requests-most|0", "qenex.edge.requests-least|49",
      "qenex.edge.rate-user|-1", "qenex.edge.rate-user|many", "qenex.edge.rate-own|a=0", "qenex.edge.rate-own|a",
      "qenex.edge.rate-own|=5", "qenex.edge.body-grace-millis|99999999999999"})
  void refusesWrongValuesByName(String name, String value) {
    QenexException refused = assertThrows(QenexException.class, () -> read(Map.of(name, value)));
    assertTrue(refused.getMessage().startsWith(name), refused.getMessage());
  }

  @Test
  void asksForThePaceOnlyAfterAWhileOfWaiting() {
    var pace = new BodyPace.Pace(10_000_000_000L, 500, 1L << 30, 1_024);
    assertFalse(pace.isTooSlow(1, 10_000_000_000L));
    assertTrue(pace.isTooSlow(5_000, 10_100_000_000L));
    assertFalse(pace.isTooSlow(6_000, 10_100_000_000L));
  }

  private static EdgeSettings.Limits read(Map<String, String> properties) {
    return EdgeSettings.read(name -> properties.getOrDefault(name, ""));
  }
}
