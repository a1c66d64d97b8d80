package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in. The endpoints are read from the published contract, so that a new one cannot be forgotten here. */
class AccessIT {

  /** What changes nothing of the bank's: the caller's own factors, proofs and key to read statements by. */
  private static final List<String> OWN = List.of("/api/v1/me/", "/api/v1/step-up/", "/api/v1/payload-keys");

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Set<String> OPEN = Set.of("/oauth2/token", "/oauth2/jwks", "/oauth2/authorize",
      "/.well-known/openid-configuration", "/health/live", "/health/ready");

  private final RunningBank bank = RunningBank.get();

  private record Endpoint(String method, String path) {}

  @Test
  void everyEndpointAsksAnonymousCallersForAToken() throws Exception {
    List<Endpoint> endpoints = protectedEndpoints();
    assertFalse(endpoints.isEmpty());
    for (Endpoint endpoint : endpoints) {
      assertUnauthenticated(endpoint.toString(), call(endpoint, null));
    }
  }

  @Test
  void noEndpointThatWritesIsOpenToAuditors() throws Exception {
    for (Endpoint endpoint : protectedEndpoints()) {
      if (!endpoint.method().equals("GET") && !endpoint.path().equals("/graphql") && OWN.stream().noneMatch(
          endpoint.path()::startsWith)) {
        HttpResponse<String> response = call(endpoint, bank.token("auditor"));
        assertEquals(403, response.statusCode(), () -> endpoint + ": " + response.body());
        assertEquals("FORBIDDEN", code(response), endpoint::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "a.b.c", ""})
  void refusesWhatIsNoToken(String token) {
    assertUnauthenticated(token, call(anEndpoint(), token));
  }

  @Test
  void refusesUnsignedForgedAndForeignTokens() {
    String token = bank.token("teller");
    String claims = token.split("\\.")[1];
    assertUnauthenticated("unsigned", call(anEndpoint(), base64("{\"alg\":\"none\"}") + "." + claims + "."));
    assertUnauthenticated("unknown key", call(anEndpoint(),
        base64("{\"alg\":\"RS256\",\"kid\":\"x\"}") + "." + claims + "." + token.split("\\.")[2]));
    String operator = new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8).replace("\"teller\"",
        "\"operator\"");
    assertUnauthenticated("other claims",
        call(anEndpoint(), token.split("\\.")[0] + "." + base64(operator) + "." + token.split("\\.")[2]));
  }

  @Test
  void issuesNoTokenForAWrongSecretOrAnUnknownClient() {
    assertEquals(401, tokenRequest("grant_type=client_credentials&client_id=demo-teller&client_secret=x").statusCode());
    assertEquals(401, tokenRequest("grant_type=client_credentials&client_id=nobody&client_secret=demo").statusCode());
    assertEquals(400, tokenRequest("grant_type=password&client_id=demo-teller&client_secret=demo").statusCode());
    assertEquals(400, tokenRequest("client_id=demo-teller").statusCode());
  }

  @Test
  void tellsAnyoneThatItIsReady() {
    HttpResponse<String> ready = bank.send(HttpRequest.newBuilder(bank.at("/health/ready")).build());
    assertEquals(200, ready.statusCode(), ready::body);
    assertTrue(ready.body().contains("\"database\""), ready::body);
  }

  private List<Endpoint> protectedEndpoints() throws Exception {
    HttpRequest contract = HttpRequest.newBuilder(bank.at("/openapi?format=JSON")).build();
    JsonNode paths = new ObjectMapper().readTree(bank.send(contract).body()).path("paths");
    List<Endpoint> endpoints = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      path.getValue().fieldNames().forEachRemaining(method -> {
        if (METHODS.contains(method) && !OPEN.contains(path.getKey())) {
          endpoints.add(new Endpoint(method.toUpperCase(Locale.ROOT), path.getKey().replaceAll("\\{[^}]*}", "1")));
        }
      });
    }
    return endpoints;
  }

  private static Endpoint anEndpoint() {
    return new Endpoint("GET", "/api/v1/ledger/check");
  }

  private HttpResponse<String> call(Endpoint endpoint, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(bank.at(endpoint.path()))
        .header("Content-Type", endpoint.path().endsWith("payment-files") ? "application/xml" : "application/json")
        .method(endpoint.method(), endpoint.method().equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString("{}"));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return bank.send(request.build());
  }

  private HttpResponse<String> tokenRequest(String form) {
    return bank.send(HttpRequest.newBuilder(bank.at("/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form))
        .build());
  }

  private static void assertUnauthenticated(String what, HttpResponse<String> response) {
    assertEquals(401, response.statusCode(), () -> what + ": " + response.body());
    assertTrue(response.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"), what);
    assertEquals("UNAUTHENTICATED", code(response), what);
  }

  private static String code(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body()).path("code").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError("No problem document: " + response.body(), e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
