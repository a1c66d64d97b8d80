package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.launcher.LaunchSettings;
import ai.qenex.launcher.LocalBank;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A bank under the production profile whose tokens a real Keycloak issues; both are started for this class alone. Only
 * with {@code -Pkeycloak}, since the distribution is large.
 */
class KeycloakIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration BETWEEN = Duration.ofMillis(500);
  /** Nobody's but this test's: 32 bytes. */
  private static final String KEK = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private static Keycloak keycloak;
  private static LocalBank bank;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    List<Integer> ports = FreePorts.draw(5);
    Path folder = RunFolder.fresh("own");
    keycloak = Keycloak.start(Path.of(System.getProperty("qenex.keycloak")), folder.resolve("keycloak"), ports.get(4));
    var settings = new LaunchSettings(folder,
        new LaunchSettings.Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3)), false, "1g",
        Path.of(System.getProperty("qenex.server.home")).toAbsolutePath().normalize(),
        Path.of(System.getProperty("qenex.ear")).toAbsolutePath().normalize());
    bank = LocalBank.start(settings, Map.of("qenex.profile", "production", "qenex.keys.kek", KEK,
        "mp.jwt.verify.issuer", keycloak.issuer(), "mp.jwt.verify.audiences", "qenex-api",
        "mp.jwt.verify.publickey.location", keycloak.keys(), "mp.jwt.verify.publickey.algorithm", "RS256"), step -> {
          // a test run has its own report
        });
  }

  @AfterAll
  static void stop() {
    if (bank != null) {
      bank.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @Test
  void givesARealmsRolesTheirRightsAndNobodyElse() throws IOException {
    String erp = keycloak.token("erp");
    assertEquals(200, get("/api/v1/ledger/check", erp));
    assertEquals(201, post("/api/v1/accounts", account("current"), erp).statusCode());
    String reports = keycloak.token("reports");
    assertEquals(200, get("/api/v1/ledger/check", reports));
    assertEquals(403, post("/api/v1/accounts", account("current"), reports).statusCode());
    assertEquals(401, get("/api/v1/ledger/check", keycloak.token("elsewhere")), "a token for another audience");
    assertEquals(401, get("/api/v1/ledger/check", erp.substring(0, erp.length() - 6) + "AAAAAA"));
    assertEquals(401, client(HttpRequest.newBuilder(bank.baseUrl().resolve("/api/v1/ledger/check"))).statusCode());
    assertEquals(404, client(HttpRequest.newBuilder(bank.baseUrl().resolve("/oauth2/jwks"))).statusCode(),
        "no issuer of our own in production");
  }

  @Test
  void tellsPeopleFromProgramsByTheirTokens() throws IOException {
    String erp = keycloak.token("erp");
    String maria = keycloak.tokenOf("maria", "a password of one's own");
    String from = id(post("/api/v1/accounts", account("internal"), erp));
    String to = id(post("/api/v1/accounts", account("current"), erp));
    assertEquals(201, post("/api/v1/transfers", Api.order(from, to, "10000.01", "EUR"), erp).statusCode());
    assertEquals(201, post("/api/v1/transfers", Api.order(to, from, "10000.00", "EUR"), maria).statusCode());
    HttpResponse<String> asked = post("/api/v1/transfers", Api.order(from, to, "10000.01", "EUR"), maria);
    assertEquals(403, asked.statusCode(), asked::body);
    assertEquals("STEP_UP_REQUIRED", Api.JSON.readTree(asked.body()).path("code").asText());
    assertEquals(403, post("/api/v1/accounts", account("internal"), maria).statusCode(), "no operator");
  }

  @Test
  void learnsTheRealmsNewKey() {
    String before = keycloak.token("erp");
    assertEquals(200, get("/api/v1/ledger/check", before));
    keycloak.rotateKey();
    long rotated = System.nanoTime();
    String after = keycloak.token("erp");
    int status = get("/api/v1/ledger/check", after);
    while (status == 401 && System.nanoTime() - rotated < PATIENCE.toNanos()) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      status = get("/api/v1/ledger/check", after);
    }
    assertEquals(200, status);
    Duration took = Duration.ofNanos(System.nanoTime() - rotated);
    System.getLogger(KeycloakIT.class.getName()).log(System.Logger.Level.INFO,
        "a token of the realm''s new key is taken after {0} ms", took.toMillis());
    assertTrue(took.compareTo(Duration.ofSeconds(75)) < 0, "the key set is read each minute: " + took);
    assertEquals(200, get("/api/v1/ledger/check", before), "the key before still counts");
  }

  private static Map<String, Object> account(String product) {
    return Map.of("asset", "EUR", "owner", "Test", "product", product);
  }

  private static String id(HttpResponse<String> opened) throws IOException {
    assertEquals(201, opened.statusCode(), opened::body);
    JsonNode account = Api.JSON.readTree(opened.body());
    return account.path("id").asText();
  }

  private int get(String path, String token) {
    return client(HttpRequest.newBuilder(bank.baseUrl().resolve(path)).header("Authorization", "Bearer " + token))
        .statusCode();
  }

  private HttpResponse<String> post(String path, Map<String, ?> body, String token) {
    return client(HttpRequest.newBuilder(bank.baseUrl().resolve(path)).header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json").header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.ofString(Api.json(body))));
  }

  private HttpResponse<String> client(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
