package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.KeyMaterial;
import ai.qenex.security.SecretHash;
import ai.qenex.security.SignatureSuites;
import ai.qenex.systemtest.Api.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The embedded issuer's people and clients, from their making to their locking out. */
class IdentityIT {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final RunningBank bank = RunningBank.get();
  private final Api administrator = Api.as("administrator");

  private static JsonNode claims(String token) throws IOException {
    return Api.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  @Test
  void logsAPersonInByCodeAndVerifier() throws IOException {
    LoggedIn anna = LoggedIn.person("teller");
    Answer granted = anna.code("", "").expect(200);
    assertEquals("a state & more", granted.text("state"));
    Answer tokens = LoggedIn.exchange(granted.text("code"), LoggedIn.VERIFIER).expect(200);
    JsonNode access = claims(tokens.text("access_token"));
    assertEquals(anna.name(), access.path("sub").asText());
    assertEquals("pwd", access.path("amr").path(0).asText());
    assertEquals(LoggedIn.CLIENT, access.path("client_id").asText());
    assertEquals(900, tokens.body().path("expires_in").asInt());
    assertEquals("a nonce", claims(tokens.text("id_token")).path("nonce").asText());
    Api.bearing(tokens.text("access_token")).get("/api/v1/ledger/check").expect(200);
    Api.bearing(tokens.text("id_token")).get("/api/v1/ledger/check").expect(401);
    LoggedIn.exchange(granted.text("code"), LoggedIn.VERIFIER).expect(400);
  }

  @Test
  void sendsABrowserBackWithACodeAndNowhereElse() {
    LoggedIn anna = LoggedIn.person("teller");
    HttpResponse<String> page = bank.send(HttpRequest.newBuilder(
        bank.at("/oauth2/authorize?" + LoggedIn.encoded(LoggedIn.question()).replace("a+nonce", "%3Cscript%3E")))
        .build());
    assertEquals(200, page.statusCode(), page::body);
    assertTrue(page.body().contains("&lt;script&gt;") && !page.body().contains("<script>"), page::body);
    Map<String, String> form = LoggedIn.question();
    form.put("username", anna.name());
    form.put("password", anna.password());
    HttpResponse<String> back = bank.send(browser(form));
    assertEquals(303, back.statusCode(), back::body);
    String place = back.headers().firstValue("Location").orElse("");
    assertTrue(place.startsWith(LoggedIn.BACK + "?code=") && place.endsWith("&state=a+state+%26+more"), place);
    form.put("password", "not the password");
    assertEquals(401, bank.send(browser(form)).statusCode());
    form.put("redirect_uri", "https://thief.example/callback");
    HttpResponse<String> refused = bank.send(browser(form));
    assertEquals(400, refused.statusCode(), refused::body);
    assertTrue(refused.headers().firstValue("Location").isEmpty());
  }

  private HttpRequest browser(Map<String, String> form) {
    return HttpRequest.newBuilder(bank.at("/oauth2/authorize")).header("Accept", "text/html,*/*;q=0.8")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(LoggedIn.encoded(form))).build();
  }

  @Test
  void exchangesNoCodeWithAnotherVerifierAndNotASecondTime() {
    LoggedIn anna = LoggedIn.person("teller");
    String code = anna.code("", "").expect(200).text("code");
    LoggedIn.exchange(code, LoggedIn.VERIFIER.replace('a', 'b')).expect(400);
    LoggedIn.exchange(code, LoggedIn.VERIFIER).expect(400);
  }

  @Test
  void asksForAnotherPasswordAfterSomebodyElseSetIt() {
    LoggedIn anna = LoggedIn.person("teller");
    administrator.post("/api/v1/people/" + anna.name() + "/password", Map.of("password", "set by somebody else"))
        .expect(204);
    anna.code("", "").expectProblem(401, "LOGIN_WRONG");
    LoggedIn reset = new LoggedIn(anna.name(), "set by somebody else");
    reset.code("", "").expectProblem(401, "LOGIN_CHANGE_NEEDED");
    reset.code("", "short").expectProblem(422, "LOGIN_UNFIT_PASSWORD");
    reset.code("", "set by somebody else").expectProblem(422, "LOGIN_UNFIT_PASSWORD");
    reset.code("", "chosen by the person").expect(200);
    new LoggedIn(anna.name(), "chosen by the person").code("", "").expect(200);
  }

  @Test
  void closesANameAfterFiveFailuresWhetherItExistsOrNot() {
    LoggedIn anna = LoggedIn.person("teller");
    for (String name : List.of(anna.name(), Api.unique("nobody"))) {
      LoggedIn guess = new LoggedIn(name, "a guess");
      for (int i = 0; i < 5; i++) {
        guess.code("", "").expectProblem(401, "LOGIN_WRONG");
      }
      Answer closed = guess.code("", "").expectProblem(429, "LOGIN_LOCKED");
      assertTrue(closed.body().path("retryAfterSeconds").asInt() <= 31, closed.raw()::body);
    }
    anna.code("", "").expectProblem(429, "LOGIN_LOCKED");
    administrator.post("/api/v1/people/" + anna.name() + "/password", Map.of("password", "after the lock-out"))
        .expect(204);
    new LoggedIn(anna.name(), "after the lock-out").code("", "").expectProblem(401, "LOGIN_CHANGE_NEEDED");
  }

  @Test
  void disablesAPersonAndGivesRolesAndAttributesToTheNextToken() throws IOException {
    LoggedIn anna = LoggedIn.person("teller");
    String path = "/api/v1/people/" + anna.name();
    administrator.post(path, Map.of("roles", List.of("approver"), "attributes", Map.of("branch", "0815"))).expect(200);
    JsonNode claims = claims(anna.token(""));
    assertEquals("approver", claims.path("groups").path(0).asText());
    assertEquals("0815", claims.path("branch").asText());
    administrator.post(path, Map.of("enabled", false)).expect(200);
    anna.code("", "").expectProblem(401, "LOGIN_WRONG");
    assertFalse(administrator.get(path).expect(200).body().path("enabled").asBoolean());
    administrator.post(path, Map.of("roles", List.of("service"))).expectProblem(422, "INVALID_ROLES");
    administrator.post(path, Map.of("attributes", Map.of("groups", "operator")))
        .expectProblem(422, "INVALID_ATTRIBUTES");
  }

  @Test
  void givesANameToOneKindOnly() {
    LoggedIn anna = LoggedIn.person("teller");
    administrator.post("/api/v1/clients",
        Map.of("id", anna.name(), "roles", List.of("teller"), "credential", "secret"))
        .expectProblem(409, "NAME_TAKEN");
    administrator.post("/api/v1/people",
        Map.of("name", "demo-teller", "roles", List.of("teller"), "password", "a password of one's own"))
        .expectProblem(409, "NAME_TAKEN");
    administrator.post("/api/v1/people",
        Map.of("name", Api.unique("weak"), "roles", List.of("teller"), "password", "too short"))
        .expectProblem(422, "UNFIT_PASSWORD");
  }

  @Test
  void letsAClientProveItselfByASecretInFormAndHeader() {
    String id = Api.unique("client");
    Answer made = administrator.post("/api/v1/clients",
        Map.of("id", id, "roles", List.of("teller"), "credential", "secret")).expect(201);
    String secret = made.text("secret");
    Map<String, String> form = Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret);
    String token = LoggedIn.form("/oauth2/token", form).expect(200).text("access_token");
    Api.bearing(token).get("/api/v1/ledger/check").expect(200);
    String basic = "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    Map<String, String> grant = Map.of("grant_type", "client_credentials");
    LoggedIn.form("/oauth2/token", grant, "Authorization", basic).expect(200);
    LoggedIn.form("/oauth2/token", form, "Authorization", basic).expect(400);
    Answer renewed =
        administrator.post("/api/v1/clients/" + id + "/credential", Map.of("credential", "secret")).expect(200);
    assertNotEquals(secret, renewed.text("secret"));
    assertEquals("invalid_client", LoggedIn.form("/oauth2/token", form).expect(401).text("error"));
    administrator.post("/api/v1/clients/" + id, Map.of("enabled", false)).expect(200);
    LoggedIn.form("/oauth2/token", Map.of("grant_type", "client_credentials", "client_id", id, "client_secret",
        renewed.text("secret"))).expect(401);
  }

  @Test
  void letsAClientProveItselfByItsKeyOnce() {
    KeyMaterial keys = SignatureSuites.newKeys("ECDSA-P256", new SecureRandom());
    byte[] point = keys.publicKey();
    String id = Api.unique("keyed");
    administrator.post("/api/v1/clients", Map.of("id", id, "roles", List.of("teller"), "credential", "key", "jwk",
        Map.of("kty", "EC", "crv", "P-256", "x", BASE64.encodeToString(Arrays.copyOfRange(point, 1, 33)), "y",
            BASE64.encodeToString(Arrays.copyOfRange(point, 33, 65)))))
        .expect(201);
    Map<String, Object> claims = new LinkedHashMap<>(Map.of("iss", id, "sub", id, "aud", "urn:qenex:development",
        "exp", Instant.now().plusSeconds(60).getEpochSecond(), "jti", Api.unique("assertion")));
    String assertion = assertion(keys, "ES256", claims);
    String token = asserted(assertion).expect(200).text("access_token");
    Api.bearing(token).get("/api/v1/ledger/check").expect(200);
    asserted(assertion).expect(401);
    claims.put("jti", Api.unique("assertion"));
    asserted(assertion(SignatureSuites.newKeys("ECDSA-P256", new SecureRandom()), "ES256", claims)).expect(401);
    asserted(assertion(keys, "none", claims)).expect(401);
    claims.put("aud", "urn:another:issuer");
    asserted(assertion(keys, "ES256", claims)).expect(401);
    claims.put("aud", "urn:qenex:development");
    claims.put("exp", Instant.now().minusSeconds(60).getEpochSecond());
    asserted(assertion(keys, "ES256", claims)).expect(401);
  }

  private static Answer asserted(String assertion) {
    return LoggedIn.form("/oauth2/token", Map.of("grant_type", "client_credentials", "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion", assertion));
  }

  private static String assertion(KeyMaterial keys, String algorithm, Map<String, Object> claims) {
    String signed = BASE64.encodeToString(Api.json(Map.of("alg", algorithm)).getBytes(StandardCharsets.UTF_8)) + "."
        + BASE64.encodeToString(Api.json(claims).getBytes(StandardCharsets.UTF_8));
    return signed + "."
        + BASE64.encodeToString(SignatureSuites.signer(keys).sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A new key is published long before it signs, so that nobody meets a token whose key he cannot know. */
  @Test
  void publishesANewKeyBeforeItSigns() throws IOException {
    Set<String> before = publishedKeys();
    administrator.post("/api/v1/issuer/keys").expect(204);
    Set<String> after = publishedKeys();
    assertTrue(after.containsAll(before) && after.size() > before.size(), after::toString);
    String token = LoggedIn.form("/oauth2/token",
        Map.of("grant_type", "client_credentials", "client_id", "demo-teller", "client_secret", "demo")).expect(200)
        .text("access_token");
    String kid = Api.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0])).path("kid").asText();
    assertTrue(before.contains(kid), "signed by a key that everybody knows");
    Api.bearing(token).get("/api/v1/ledger/check").expect(200);
  }

  private Set<String> publishedKeys() {
    Set<String> kids = new HashSet<>();
    administrator.get("/oauth2/jwks").expect(200).body().path("keys")
        .forEach(key -> kids.add(key.path("kid").asText()));
    return kids;
  }

  @Test
  void tellsProgramsWhatItCanDo() {
    Answer configuration = administrator.get("/.well-known/openid-configuration").expect(200);
    assertEquals("urn:qenex:development", configuration.text("issuer"));
    assertTrue(configuration.text("token_endpoint").endsWith("/oauth2/token"), configuration.raw()::body);
    assertEquals("S256", configuration.body().path("code_challenge_methods_supported").path(0).asText());
    assertFalse(configuration.raw().body().contains("\"password\""), "OAuth 2.1 has no such grant");
  }

  /** A hash of less cost than today's is replaced when its password is next proven. */
  @Test
  void hashesAnewWhatWasHashedTooCheaply() throws SQLException {
    String id = Api.unique("cheap");
    String secret = administrator.post("/api/v1/clients",
        Map.of("id", id, "roles", List.of("teller"), "credential", "secret")).expect(201).text("secret");
    var cheap = SecretHash.of(secret, new byte[16], 1_000);
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update security.client set iterations = 1000, secret_salt = decode('" + "00".repeat(16)
          + "', 'hex'), secret_hash = decode('" + HexFormat.of().formatHex(cheap.hash())
          + "', 'hex') where id = '" + id + "'");
      Map<String, String> form = Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret);
      LoggedIn.form("/oauth2/token", form).expect(200);
      try (ResultSet rows = statement.executeQuery("select iterations from security.client where id = '" + id + "'")) {
        assertTrue(rows.next());
        assertEquals(210_000, rows.getInt(1));
      }
      LoggedIn.form("/oauth2/token", form).expect(200);
    }
  }
}
