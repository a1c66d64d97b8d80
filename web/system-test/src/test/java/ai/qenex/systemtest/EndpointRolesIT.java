package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the handbook's table of endpoints and roles, row by row and cell by cell. */
class EndpointRolesIT {

  private static final List<String> ROLES = List.of("teller", "operator", "approver", "auditor", "administrator");

  private final RunningBank bank = RunningBank.get();
  private final SignedTokens tokens = SignedTokens.ofIssuer(bank);
  private final Map<String, String> wrongOnes = tokens.wrongOnes();

  /** One row of the table. @param allowed the first for anyone, then one per role, then for the bank's own work */
  record Row(String method, String path, List<Boolean> allowed) {

    static Row of(String line) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      return new Row(cells.get(1), cells.get(2), cells.subList(3, 10).stream().map("x"::equals).toList());
    }

    boolean forAnyone() {
      return allowed.get(0);
    }

    boolean forService() {
      return allowed.get(ROLES.size() + 1);
    }

    /** Names nothing that exists, so that whoever is let in changes nothing. */
    String address() {
      return path.replace("{date}", "2027-02-26").replaceAll("\\{[^}]*}", "no-such-one");
    }
  }

  static Stream<Row> rows() {
    Path table = Path.of(System.getProperty("qenex.handbook", "../../config/handbook")).resolve("endpoint-roles.md");
    try {
      return Files.readAllLines(table).stream().filter(line -> line.matches("\\| (GET|POST|PUT|PATCH|DELETE) .*"))
          .map(Row::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void letsInExactlyTheRolesOfTheTable(Row row) {
    for (int i = 0; i < ROLES.size(); i++) {
      String role = ROLES.get(i);
      HttpResponse<String> response = call(row, bank.token(role));
      if (row.allowed().get(i + 1)) {
        assertNotEquals(401, response.statusCode(), () -> role + ": " + response.body());
        assertNotEquals(403, response.statusCode(), () -> role + ": " + response.body());
      } else {
        assertEquals(403, response.statusCode(), () -> role + ": " + response.body());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void letsInNobodyWithoutAValidToken(Row row) {
    HttpResponse<String> anonymous = call(row, null);
    if (row.forAnyone()) {
      assertNotEquals(401, anonymous.statusCode(), anonymous::body);
      return;
    }
    assertUnauthenticated("anonymous", anonymous);
    wrongOnes.forEach((what, token) -> assertUnauthenticated(what, call(row, token)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void letsInNobodyWhoseTokenNamesNoRole(Row row) {
    HttpResponse<String> response = call(row, tokens.withoutRoles());
    assertEquals(!row.forAnyone(), response.statusCode() == 403, response::body);
  }

  private static void assertUnauthenticated(String what, HttpResponse<String> response) {
    assertEquals(401, response.statusCode(), () -> what + ": " + response.body());
    assertTrue(response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"), what);
    assertTrue(response.body().contains("\"UNAUTHENTICATED\""), () -> what + ": " + response.body());
  }

  /** The control: were the tokens above wrong in any other way, they would be refused for that. */
  @ParameterizedTest
  @MethodSource("rows")
  void letsInTheSameTokenWithRightClaims(Row row) {
    HttpResponse<String> response = call(row, tokens.good());
    assertEquals(row.allowed().get(2), response.statusCode() != 401 && response.statusCode() != 403, response::body);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void letsNoTokenActAsTheBanksOwnWork(Row row) {
    HttpResponse<String> response = call(row, tokens.ofService());
    assertEquals(row.forService(), response.statusCode() != 403, response::body);
  }

  @Test
  void knowsEveryEndpointOfThePublishedContract() throws IOException {
    JsonNode paths =
        Api.JSON.readTree(bank.send(HttpRequest.newBuilder(bank.at("/openapi?format=JSON")).build()).body())
            .path("paths");
    Set<String> published = new HashSet<>();
    paths.properties().forEach(path -> path.getValue().fieldNames()
        .forEachRemaining(method -> published.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> known = new HashSet<>();
    rows().forEach(row -> known.add(row.method() + " " + row.path()));
    List<String> forgotten = new ArrayList<>(published);
    forgotten.removeAll(known);
    assertEquals(List.of(), forgotten, "missing in the table");
    known.removeAll(published);
    assertEquals(Set.of(), known, "missing in the contract");
  }

  private HttpResponse<String> call(Row row, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(bank.at(row.address()));
    if (!row.method().equals("GET")) {
      String mediaType = row.path().endsWith("payment-files") ? "application/xml"
          : row.path().startsWith("/oauth2") ? "application/x-www-form-urlencoded" : "application/json";
      request.header("Content-Type", mediaType).method(row.method(), BodyPublishers.ofString("?"));
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return bank.send(request.build());
  }
}
