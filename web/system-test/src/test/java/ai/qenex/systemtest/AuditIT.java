package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleProof;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Who did what, when and from where, through the deployed bank (invariants AUDIT-1 to AUDIT-3). */
@Isolated
class AuditIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final RunningBank bank = RunningBank.get();
  private final Api auditor = Api.as("auditor");
  private final Api operator = Api.as("operator");

  /** Records of a correlation, oldest first, as soon as there are that many. */
  private List<JsonNode> recorded(String correlation, int count) {
    var found = new ArrayList<JsonNode>();
    await(count + " records of " + correlation, () -> {
      found.clear();
      auditor.get("/api/v1/audit?correlation=" + correlation).expect(200).body().path("items")
          .forEach(item -> found.add(0, item));
      return found.size() >= count;
    });
    return found;
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, () -> "not in time: " + what);
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  @Test
  void aTransferSaysWhatItWillDoAndThenWhatItDid() {
    Api teller = Api.as("teller");
    String from = teller.openWith("EUR", "5.00");
    String to = teller.open("EUR", "current").path("id").asText();
    String correlation = Api.unique("audit");
    Api.Answer answer = teller.post("/api/v1/transfers", Api.order(from, to, "1.00", "EUR"), "X-Correlation-Id",
        correlation, "X-Forwarded-For", "203.0.113.9").expect(201);
    assertEquals(correlation, answer.header("X-Correlation-Id"));
    List<JsonNode> records = recorded(correlation, 2);
    JsonNode intent = records.get(0);
    JsonNode end = records.get(1);
    assertEquals("intended", intent.path("outcome").asText());
    assertEquals("succeeded", end.path("outcome").asText());
    assertEquals(intent.path("seq").asLong(), end.path("intent").asLong());
    assertEquals("seq=" + answer.body().path("seq").asLong(), end.path("after").asText());
    for (JsonNode record : records) {
      assertEquals("demo-teller", record.path("actor").asText());
      assertEquals("teller", record.path("roles").asText());
      assertEquals("127.0.0.1", record.path("source").asText(), "nobody here is a trusted proxy");
      assertEquals("POST transfers", record.path("action").asText());
      assertEquals(answer.text("id"), record.path("subject").asText());
    }
    assertEquals(2, auditor.get("/api/v1/audit?subject=" + answer.text("id") + "&actor=demo-teller&kind=action")
        .expect(200).body().path("items").size());
  }

  @Test
  void aChangeShowsBeforeAndAfterAndARefusalWhy() {
    String account = operator.open("EUR", "current").path("id").asText();
    String correlation = Api.unique("audit");
    operator.post("/api/v1/accounts/" + account + "/limit", Map.of("limit", "7.00"), "X-Correlation-Id", correlation)
        .expect(200);
    JsonNode end = recorded(correlation, 2).get(1);
    assertEquals(account, end.path("subject").asText());
    assertTrue(end.path("before").asText().contains("overdraftLimit=0"), end::toString);
    assertTrue(end.path("after").asText().contains("overdraftLimit=700"), end::toString);
    String refused = Api.unique("audit");
    Api.Answer problem = operator.post("/api/v1/transfers",
        Api.order(account, operator.open("EUR", "current").path("id").asText(), "9.00", "EUR"), "X-Correlation-Id",
        refused).expect(422);
    assertEquals(refused, problem.text("correlation"));
    JsonNode why = recorded(refused, 2).get(1);
    assertEquals("refused", why.path("outcome").asText());
    assertEquals(problem.text("code"), why.path("reason").asText());
  }

  @Test
  void whoeverIsTurnedAwayIsRecorded() {
    String wrongRole = Api.unique("audit");
    auditor.post("/api/v1/transfers", Map.of(), "X-Correlation-Id", wrongRole).expect(403);
    JsonNode refused = recorded(wrongRole, 1).get(0);
    assertEquals("access", refused.path("kind").asText());
    assertEquals("FORBIDDEN", refused.path("reason").asText());
    assertEquals("demo-auditor", refused.path("actor").asText());
    String forged = Api.unique("audit");
    bank.send(HttpRequest.newBuilder(bank.at("/api/v1/accounts/x")).header("X-Correlation-Id", forged)
        .header("Authorization", "Bearer garbage").GET().build());
    assertEquals("anonymous", recorded(forged, 1).get(0).path("actor").asText());
    String nobody = Api.unique("audit");
    bank.send(HttpRequest.newBuilder(bank.at("/api/v1/accounts/x")).header("X-Correlation-Id", nobody).GET().build());
    assertEquals("UNAUTHENTICATED", recorded(nobody, 1).get(0).path("reason").asText());
    String login = Api.unique("audit");
    bank.send(HttpRequest.newBuilder(bank.at("/oauth2/token")).header("X-Correlation-Id", login)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=nobody-here&client_secret=WRONGSECRET"))
        .build());
    JsonNode failed = recorded(login, 2).get(1);
    assertEquals("login", failed.path("kind").asText());
    assertEquals("refused", failed.path("outcome").asText());
    assertEquals("nobody-here", failed.path("subject").asText());
  }

  @Test
  void takesAProperCorrelationOnlyAndMakesOneElse() {
    for (String wrong : List.of("a b", "x".repeat(65), "<script>", "")) {
      String given = auditor.get("/api/v1/assets", "X-Correlation-Id", wrong).expect(200).header("X-Correlation-Id");
      assertTrue(given.matches("[0-9a-f-]{36}"), given);
    }
  }

  @Test
  void aBatchIsOneIntentWithItsCountAndRange() {
    Api teller = Api.as("teller");
    String from = teller.openWith("EUR", "5.00");
    String to = teller.open("EUR", "current").path("id").asText();
    String correlation = Api.unique("audit");
    teller.post("/api/v1/transfers/batch",
        Api.json(List.of(Api.order(from, to, "1.00", "EUR"), Api.order(from, to, "100.00", "EUR"))),
        "X-Correlation-Id", correlation).expect(200);
    List<JsonNode> records = recorded(correlation, 2);
    assertEquals(2, records.size());
    assertTrue(records.get(1).path("after").asText().startsWith("posted=1 refused=1 unknown=0 seq="),
        records::toString);
  }

  @Test
  void anAuditorProvesARecordByHashesAlone() {
    String correlation = Api.unique("audit");
    operator.post("/api/v1/accounts", Map.of("asset", "EUR", "owner", "Test", "product", "current"),
        "X-Correlation-Id", correlation).expect(201);
    long seq = recorded(correlation, 2).get(1).path("seq").asLong();
    await("a head covers it", () -> auditor.get("/api/v1/audit/" + seq + "/proof").status() == 200);
    JsonNode proof = auditor.get("/api/v1/audit/" + seq + "/proof").expect(200).body();
    var path = new ArrayList<Hash>();
    proof.path("path").forEach(hash -> path.add(Hash.ofHex(hash.asText())));
    assertTrue(new MerkleProof.Inclusion(Hash.ofHex(proof.path("record").path("hash").asText()), seq - 1,
        proof.path("head").path("size").asLong(), path)
        .isProvenUnder(Hash.ofHex(proof.path("head").path("root").asText())));
    long last = proof.path("head").path("number").asLong();
    JsonNode growth = auditor.get("/api/v1/audit/heads/consistency?from=1&to=" + last).expect(200).body();
    path.clear();
    growth.path("path").forEach(hash -> path.add(Hash.ofHex(hash.asText())));
    assertTrue(new MerkleProof.Consistency(growth.path("from").path("size").asLong(),
        growth.path("to").path("size").asLong(), path)
        .isProvenFor(Hash.ofHex(growth.path("from").path("root").asText()),
            Hash.ofHex(growth.path("to").path("root").asText())));
    assertEquals(last, auditor.get("/api/v1/audit/heads?after=" + (last - 1)).expect(200).body().path("items").get(0)
        .path("number").asLong());
    assertTrue(auditor.get("/api/v1/audit/heads/keys").expect(200).body().path("items").size() >= 1);
    auditor.get("/api/v1/audit?kind=nonsense").expectInvalid("kind");
    auditor.get("/api/v1/audit/0/proof").expectProblem(404, "AUDIT_RECORD_NOT_FOUND");
  }

  @Test
  void theCheckFindsARowThatWasChangedAndTheDatabaseRefusesToChangeIt() throws SQLException {
    String correlation = Api.unique("audit");
    operator.post("/api/v1/accounts", Map.of("asset", "EUR", "owner", "Test", "product", "current"),
        "X-Correlation-Id", correlation).expect(201);
    long seq = recorded(correlation, 2).get(1).path("seq").asLong();
    assertTrue(checkPasses(), "before");
    assertFalse(tryChange("", "actor = 'nobody'", seq), "a trigger refuses");
    assertTrue(tryChange("set session_replication_role = replica", "actor = 'nobody'", seq));
    try {
      assertFalse(checkPasses(), "the owner of the database changed a row");
      assertTrue(bank.send(HttpRequest.newBuilder(bank.at("/health/ready")).GET().build()).body()
          .contains("audit log was tampered with"));
    } finally {
      tryChange("set session_replication_role = replica", "actor = 'demo-operator'", seq);
    }
    assertTrue(checkPasses(), "after");
  }

  private boolean checkPasses() {
    return auditor.get("/api/v1/audit/check").expect(200).body().path("passed").asBoolean();
  }

  private boolean tryChange(String first, String change, long seq) throws SQLException {
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute(first.isEmpty() ? "select 1" : first);
      return statement.executeUpdate("update security.audit_record set " + change + " where seq = " + seq) == 1;
    } catch (SQLException e) {
      assertTrue(e.getMessage().contains("append-only"), e::getMessage);
      return false;
    }
  }

  /** Seeds that were sent where secrets and personal data go turn up neither in the export nor in the server's log. */
  @Test
  void keepsNoSecretsAndNoPersonalData() throws IOException {
    operator.post("/api/v1/accounts", Map.of("asset", "EUR", "owner", "SEEDEDOWNERNAME", "product", "current"))
        .expect(201);
    operator.postAs("application/xml", "/api/v1/payment-files", "<Document><Nm>SEEDEDDEBTORNAME</Nm></Document>");
    bank.send(HttpRequest.newBuilder(bank.at("/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(
            "grant_type=client_credentials&client_id=SEEDEDPASSWORDINNAME&client_secret=SEEDEDSECRET"))
        .build());
    bank.send(HttpRequest.newBuilder(bank.at("/api/v1/accounts/x")).header("Authorization", "Bearer SEEDEDTOKEN").GET()
        .build());
    String last = Api.unique("audit");
    operator.post("/api/v1/accounts", Map.of("asset", "EUR", "owner", "Test", "product", "current"),
        "X-Correlation-Id", last).expect(201);
    recorded(last, 2);
    String export = auditor.get("/api/v1/audit/export").expect(200).raw().body();
    assertTrue(export.contains(last), "the control: the export has what it should have");
    String token = bank.token("operator");
    for (String secret : List.of("SEEDED", "WRONGSECRET", token)) {
      assertFalse(export.contains(secret), () -> "the export has " + secret);
      assertEquals(Optional.empty(), logLineWith(secret));
    }
  }

  private Optional<String> logLineWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(bank.dataFolder())) {
      for (Path file : files.filter(path -> path.getFileName().toString().matches(".*\\.(log|ndjson)(\\..*)?"))
          .filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          Optional<String> found = lines.filter(line -> line.contains(text)).findFirst();
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }
}
