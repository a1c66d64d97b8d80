package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.QenexException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {

  @Test
  void isClosedUnlessOriginsAreNamed() {
    assertEquals(Set.of(), CrossOrigin.of(" ").origins());
    assertFalse(CrossOrigin.of(" ").allows(null));
    assertFalse(CrossOrigin.of(" ").allows("https://a.example"));
  }

  @Test
  void comparesOriginsToTheLetter() {
    CrossOrigin two = CrossOrigin.of("https://a.example, http://localhost:3000");
    assertTrue(two.allows("https://a.example"));
    assertTrue(two.allows("http://localhost:3000"));
    for (String other : new String[] {"http://a.example", "https://a.example:444", "https://b.a.example", "null", ""}) {
      assertFalse(two.allows(other), other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "null", "https://*.a.example", "https://a.example/", "https://A.example", "a.example",
      "file:///x", "https://a.example:999999", "https://u@a.example"})
  void refusesWhatIsNoOrigin(String text) {
    assertThrows(QenexException.class, () -> CrossOrigin.of(text));
  }
}
