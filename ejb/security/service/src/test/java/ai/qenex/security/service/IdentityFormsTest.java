package ai.qenex.security.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.QenexException;
import ai.qenex.security.PasswordClause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people, clients, places and attributes may look like, and the properties they are judged by. */
class IdentityFormsTest {

  @ParameterizedTest
  @ValueSource(strings = {"anna", "a", "0-9", "anna.b_c-d"})
  void takesNames(String name) {
    assertTrue(Names.isName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Anna", ".anna", "an na", "anna\n", "\u0430nna", "a/b", "service:anna"})
  void refusesOtherNames(String name) {
    assertFalse(Names.isName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://bank.example/back", "http://127.0.0.1/callback", "http://localhost:7000/x?y=z",
      "http://[::1]/c"})
  void takesPlacesToComeBackTo(String uri) {
    assertTrue(Names.isRedirectUri(uri));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://bank.example/back", "https://bank.example/back#x", "javascript:alert(1)",
      "//bank.example", "https://user@bank.example/", "https:///x", "ftp://127.0.0.1/", "not a uri"})
  void refusesOtherPlaces(String uri) {
    assertFalse(Names.isRedirectUri(uri));
  }

  @ParameterizedTest
  @CsvSource({"https://a.example/cb, https://a.example/cb, true", "https://a.example/cb, https://a.example/cb2, false",
      "https://a.example/cb, https://a.example:444/cb, false", "http://127.0.0.1/cb, http://127.0.0.1:5050/cb, true",
      "http://127.0.0.1/cb, http://localhost:5050/cb, false",
      "http://127.0.0.1/cb, http://127.0.0.1:5050/cb?x=1, false",
      "http://127.0.0.1/cb, https://127.0.0.1/cb, false", "http://127.0.0.1/cb, http://127.0.0.1.a.example/cb, false"})
  void comparesPlacesWholeExceptForPortsOfThisMachine(String registered, String asked, boolean same) {
    assertEquals(same, Names.isSamePlace(registered, asked));
  }

  @Test
  void keepsAttributesThatAreNoClaimsOfTheStandards() {
    assertTrue(Attributes.areValid(Map.of("branch", "0815", "limit", "5000.00")));
    for (String taken : List.of("groups", "sub", "client_id", "amr", "exp", "Branch", "1st", "a-b")) {
      assertFalse(Attributes.areValid(Map.of(taken, "x")), taken);
    }
    assertFalse(Attributes.areValid(Map.of("branch", "")));
    assertFalse(Attributes.areValid(Map.of("branch", "x".repeat(201))));
    Map<String, String> attributes = Map.of("branch", "Z\u00fcrich \"1\"", "limit", "5");
    assertEquals(attributes, Attributes.read(Attributes.write(attributes)));
  }

  @Test
  void findsPasswordsOnAListByHalving(@TempDir Path folder) throws IOException {
    // SHA-1 of "password"
    List<String> lines = new ArrayList<>(List.of("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9659365"));
    for (int i = 0; i < 2_000; i++) {
      lines.add(String.format(Locale.ROOT, "%08X%032X:%d", i * 2_147_483L, i, i));
    }
    lines.sort(null);
    Path file = Files.write(folder.resolve("list.txt"), lines);
    var list = new BreachedPasswords(file);
    assertTrue(list.test("password"));
    assertFalse(list.test("password1"));
    Map<String, String> properties =
        Map.of("qenex.password.breached-file", file.toString(), "qenex.password.shortest", "8");
    var settings = IdentitySettings.of(name -> properties.getOrDefault(name, ""));
    assertEquals(Optional.of(PasswordClause.BREACHED), settings.passwords().refuse("anna", "password"));
    assertThrows(QenexException.class, () -> new BreachedPasswords(folder.resolve("absent")));
  }

  @ParameterizedTest
  @CsvSource({"qenex.password.iterations, 209999", "qenex.password.iterations, many", "qenex.lock-out.failures, 0",
      "qenex.lock-out.longest-pause-seconds, 29", "qenex.password.shortest, 7", "qenex.token.person-seconds, 3601"})
  void refusesWrongPropertiesByName(String name, String value) {
    var fault = assertThrows(QenexException.class,
        () -> IdentitySettings.of(asked -> asked.equals(name) ? value : ""));
    assertTrue(fault.getMessage().contains(name), fault.getMessage());
  }

  @Test
  void hashesAtTheCostThatOwaspAsksForUnlessToldMore() {
    assertEquals(210_000, IdentitySettings.of(name -> "").iterations());
    assertEquals(5, IdentitySettings.of(name -> "").people().limit());
  }
}
