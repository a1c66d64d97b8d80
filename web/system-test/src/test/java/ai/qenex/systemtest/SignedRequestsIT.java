package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.security.KeyMaterial;
import ai.qenex.security.SignatureSuites;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine client that signs its requests, and everybody who would like to be it. */
class SignedRequestsIT {

  private static final String TRANSFERS = "/api/v1/transfers";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final RunningBank bank = RunningBank.get();
  private final Api administrator = Api.as("administrator");
  private final Api operator = Api.as("operator");
  /** The policy of this run asks this user for signatures on transfers. */
  private final String token = SignedTokens.ofIssuer(bank).of("signer");

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "ECDSA-P256", "ML-DSA-65"})
  void postsWhatTheClientSignedOnce(String suite) {
    KeyMaterial keys = SignatureSuites.newKeys(suite, RANDOM);
    Signed request = transfer().signedBy(keys, register("signer", keys));
    String credit = request.credit();
    request.send(token).expect(201);
    assertEquals("1.00", operator.booked(credit));
    request.send(token).expectProblem(401, "SIGNATURE_REPLAYED");
    assertEquals("1.00", operator.booked(credit));
  }

  @Test
  void asksForASignatureWhereThePolicyDoes() {
    transfer().send(token).expectProblem(401, "SIGNATURE_REQUIRED");
    for (String spelling : List.of("/api/v1/%74ransfers", "/api/v1/transfers;a=b", "/api/v1;a=b/transfers",
        "/api//v1/transfers", "/api/v1/transfers/")) {
      int status = transfer().at(spelling).send(token).status();
      assertEquals(4, status / 100, spelling);
    }
    transfer().send(bank.token("operator")).expect(201);
  }

  @ParameterizedTest
  @CsvSource({"body,SIGNATURE_DIGEST_MISMATCH", "digest,SIGNATURE_WRONG", "query,SIGNATURE_WRONG",
      "nonce,SIGNATURE_WRONG", "created,SIGNATURE_WRONG", "signature twice,SIGNATURE_MALFORMED",
      "input twice,SIGNATURE_MALFORMED", "algorithm,SIGNATURE_ALGORITHM_MISMATCH"})
  void refusesWhatWasChangedOnItsWay(String what, String clause) {
    KeyMaterial keys = SignatureSuites.newKeys("Ed25519", RANDOM);
    Signed right = transfer().signedBy(keys, register("signer", keys));
    Signed wrong = switch (what) {
      case "body" -> right.withBody(right.body().replace("\"1.00\"", "\"9.00\""));
      case "digest" -> right.withBody(right.body().replace("\"1.00\"", "\"9.00\"")).digested();
      case "query" -> right.at(TRANSFERS + "?a=b");
      case "nonce" -> right.edited("Signature-Input", "nonce=\"", "nonce=\"0");
      case "created" -> right.edited("Signature-Input", "created=", "created=0");
      case "signature twice" -> right.twice("Signature");
      case "input twice" -> right.twice("Signature-Input");
      default -> right.edited("Signature-Input", ";keyid", ";alg=\"hmac-sha256\";keyid");
    };
    wrong.send(token).expectProblem(401, clause);
    assertEquals("0.00", operator.booked(right.credit()));
    right.send(token).expect(201);
  }

  @ParameterizedTest
  @CsvSource({"-400,SIGNATURE_STALE", "300,SIGNATURE_FROM_THE_FUTURE"})
  void refusesTheWrongTime(long seconds, String clause) {
    KeyMaterial keys = SignatureSuites.newKeys("Ed25519", RANDOM);
    transfer().signedBy(keys, register("signer", keys), Instant.now().plusSeconds(seconds)).send(token)
        .expectProblem(401, clause);
  }

  @Test
  void refusesAnotherClientsKeyAnUnknownAndARevokedOne() {
    KeyMaterial others = SignatureSuites.newKeys("Ed25519", RANDOM);
    transfer().signedBy(others, register("somebody-else", others)).send(token)
        .expectProblem(401, "SIGNATURE_KEY_UNKNOWN");
    KeyMaterial keys = SignatureSuites.newKeys("Ed25519", RANDOM);
    transfer().signedBy(keys, "0".repeat(32)).send(token).expectProblem(401, "SIGNATURE_KEY_UNKNOWN");
    String keyId = register("signer", keys);
    transfer().signedBy(keys, keyId).send(token).expect(201);
    assertEquals(keyId,
        administrator.post("/api/v1/request-keys/" + keyId + "/revoke").expect(200).text("keyId"));
    transfer().signedBy(keys, keyId).send(token).expectProblem(401, "SIGNATURE_KEY_UNKNOWN");
    assertEquals(true, Api.as("auditor").get("/api/v1/request-keys?client=signer").expect(200).body().path("items")
        .toString().contains(keyId));
  }

  @Test
  void registersNoKeyThatIsNone() {
    KeyMaterial keys = SignatureSuites.newKeys("Ed25519", RANDOM);
    String key = Base64.getEncoder().encodeToString(keys.publicKey());
    for (Map<String, String> wrong : List.of(Map.of("client", "a", "suite", "ML-DSA-65", "publicKey", key),
        Map.of("client", "a", "suite", "Ed25519", "publicKey", "?"),
        Map.of("client", "a", "suite", "Ed25519", "publicKey", ""),
        Map.of("client", "a", "suite", "none", "publicKey", key),
        Map.of("client", "\u0000", "suite", "Ed25519", "publicKey", key))) {
      administrator.post("/api/v1/request-keys", wrong).expectProblem(400, "INVALID_REQUEST");
    }
    register("first", keys);
    administrator.post("/api/v1/request-keys", Map.of("client", "second", "suite", "Ed25519", "publicKey", key))
        .expectInvalid("/publicKey");
    administrator.post("/api/v1/request-keys/nothing/revoke").expectProblem(404, "REQUEST_KEY_NOT_FOUND");
  }

  private String register(String client, KeyMaterial keys) {
    return administrator.post("/api/v1/request-keys", Map.of("client", client, "suite", keys.suite(), "publicKey",
        Base64.getEncoder().encodeToString(keys.publicKey()))).expect(201).text("keyId");
  }

  private Signed transfer() {
    String debit = operator.openWith("EUR", "10.00");
    String credit = operator.open("EUR", "current").path("id").asText();
    Map<String, String> order = Api.order(debit, credit, "1.00", "EUR");
    order.put("id", UUID.randomUUID().toString());
    return new Signed(bank, TRANSFERS, Api.json(order), credit, Map.of()).digested();
  }

  /** A request and the fields that sign it. */
  private record Signed(RunningBank bank, String path, String body, String credit, Map<String, String> fields) {

    Signed withBody(String other) {
      return new Signed(bank, path, other, credit, fields);
    }

    Signed at(String other) {
      return new Signed(bank, other, body, credit, fields);
    }

    Signed with(String field, String value) {
      Map<String, String> more = new LinkedHashMap<>(fields);
      more.put(field, value);
      return new Signed(bank, path, body, credit, more);
    }

    Signed edited(String field, String what, String by) {
      return with(field, fields.get(field).replace(what, by));
    }

    Signed twice(String field) {
      return with(field + " ", fields.get(field));
    }

    Signed digested() {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        return with("Content-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }

    Signed signedBy(KeyMaterial keys, String keyId) {
      return signedBy(keys, keyId, Instant.now());
    }

    /** As config/handbook/edges.md tells clients to. */
    Signed signedBy(KeyMaterial keys, String keyId, Instant created) {
      String parameters = "(\"@method\" \"@path\" \"@query\" \"content-digest\");created=" + created.getEpochSecond()
          + ";nonce=\"" + UUID.randomUUID() + "\";keyid=\"" + keyId + "\"";
      String base = "\"@method\": POST\n\"@path\": " + path + "\n\"@query\": ?\n\"content-digest\": "
          + fields.get("Content-Digest") + "\n\"@signature-params\": " + parameters;
      byte[] signature = SignatureSuites.signer(keys).sign(base.getBytes(StandardCharsets.US_ASCII));
      return with("Signature-Input", "sig=" + parameters)
          .with("Signature", "sig=:" + Base64.getEncoder().encodeToString(signature) + ":");
    }

    Api.Answer send(String token) {
      HttpRequest.Builder request = HttpRequest.newBuilder(bank.at(path)).header("Authorization", "Bearer " + token)
          .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
      fields.forEach((name, value) -> request.header(name.strip(), value));
      return new Api(bank, "operator").send(request);
    }
  }
}
