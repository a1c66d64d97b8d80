package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.SignatureSuites;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of the running bank rotate under load, and what they signed before stays provable (invariant KEYS-1). */
class KeysIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Api administrator = Api.as("administrator");
  private final Api teller = Api.as("teller");
  private final Api auditor = Api.as("auditor");

  @Test
  void sealsOnWhileKeysRotateUnderPosting(@TempDir Path folder) throws IOException, InterruptedException {
    String account = teller.openWith("EUR", "1000.00");
    String other = teller.open("EUR", "current").path("id").asText();
    var ids = new ConcurrentLinkedQueue<String>();
    var done = new AtomicBoolean();
    CompletableFuture<Void> posting = CompletableFuture.runAsync(() -> {
      while (!done.get()) {
        ids.add(teller.transfer(account, other, "0.01", "EUR").expect(201).text("id"));
      }
    });
    Set<String> keys = new HashSet<>();
    int epoch = 0;
    for (String suite : List.of("Ed25519", "ML-DSA-65", "Ed25519+ML-DSA-65")) {
      JsonNode key =
          administrator.post("/api/v1/keys/ledger-seal/rotate", Map.of("suite", suite)).expect(200).body();
      assertEquals(suite, key.path("suite").asText());
      assertTrue(key.path("epoch").asInt() > epoch);
      epoch = key.path("epoch").asInt();
      keys.add(awaitHeadOf(key.path("id").asText()));
    }
    done.set(true);
    posting.join();
    assertEquals(3, keys.size());
    assertFalse(ids.isEmpty());
    assertTheSealKnows(keys);
    new SealedLogIT().assertVerifiedByTheProgram(folder);
    JsonNode check = auditor.get("/api/v1/ledger/check").expect(200).body();
    assertEquals(0, check.path("violations").size(), check.toString());
  }

  private String awaitHeadOf(String keyId) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (auditor.get("/api/v1/ledger/seal/head").expect(200).text("keyId").equals(keyId)) {
        return keyId;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("no head was signed by key " + keyId);
  }

  private void assertTheSealKnows(Set<String> keys) {
    Set<String> known = new HashSet<>();
    auditor.get("/api/v1/ledger/seal/keys").expect(200).body().path("items").forEach(key -> {
      byte[] bytes = Base64.getDecoder().decode(key.path("publicKey").asText());
      assertEquals(key.path("keyId").asText(), SignatureSuites.keyId(key.path("suite").asText(), bytes));
      known.add(key.path("keyId").asText());
    });
    assertTrue(known.containsAll(keys));
    List<String> signers = new ArrayList<>();
    for (String line : auditor.get("/api/v1/ledger/seal/heads/all").expect(200).raw().body().split("\n")) {
      signers.add(line.replaceAll(".*\"keyId\":\"([0-9a-f]{32})\".*", "$1"));
    }
    assertTrue(known.containsAll(signers), "each head names a known key");
    assertTrue(signers.containsAll(keys), "each new key signed");
  }

  @Test
  void showsKeysWithoutTheirPrivatePartsAndLeadsThemOneWay() {
    JsonNode first = administrator.post("/api/v1/keys/secrets/rotate", Map.of()).expect(200).body();
    administrator.post("/api/v1/keys/secrets/rotate").expect(200);
    String path = "/api/v1/keys/secrets/" + first.path("epoch").asInt();
    administrator.post(path + "/destroy").expectProblem(409, "KEY_STATE");
    assertEquals("retired", administrator.post(path + "/retire").expect(200).text("state"));
    administrator.post(path + "/retire").expectProblem(409, "KEY_STATE");
    assertEquals("destroyed", administrator.post(path + "/destroy").expect(200).text("state"));
    administrator.post("/api/v1/keys/secrets/999999/retire").expectProblem(404, "KEY_NOT_FOUND");
    administrator.post("/api/v1/keys/secrets/zero/retire").expectInvalid("epoch");
    administrator.post("/api/v1/keys/none/rotate").expectProblem(404, "KEY_NOT_FOUND");
    String refused = administrator.post("/api/v1/keys/approval/rotate", Map.of("suite", "RSA-512"))
        .expectProblem(422, "SUITE_NOT_ALLOWED").text("detail");
    assertTrue(refused.contains("RSA-512"), refused);
    administrator.post("/api/v1/keys/approval/rotate", "{\"suite\":7}").expectInvalid("/suite");

    JsonNode all = auditor.get("/api/v1/keys").expect(200).body();
    List<String> states = new ArrayList<>();
    all.path("items").forEach(key -> {
      if (key.path("purpose").asText().equals("secrets")) {
        states.add(key.path("state").asText());
        assertTrue(key.path("publicKey").isMissingNode());
      }
    });
    assertTrue(states.contains("destroyed"));
    assertEquals("active", states.get(states.size() - 1));
    assertFalse(all.toString().contains("sealed") || all.toString().contains("private"));
  }

  @Test
  void anchorsTheLogByHashesAlone() {
    teller.openWith("EUR", "1.00");
    awaitSealed();
    JsonNode anchor = Api.as("operator").post("/api/v1/ledger/seal/anchors").expect(200).body();
    assertEquals("SLH-DSA-SHA2-128s", anchor.path("suite").asText());
    byte[] publicKey = Base64.getDecoder().decode(anchor.path("publicKey").asText());
    byte[] text = anchor.path("text").asText().getBytes(StandardCharsets.US_ASCII);
    byte[] signature = Base64.getDecoder().decode(anchor.path("signature").asText());
    assertTrue(SignatureSuites.verify("SLH-DSA-SHA2-128s", publicKey, text, signature));
    assertTrue(anchor.path("text").asText().contains(anchor.path("treeRoot").asText()));
    JsonNode head = auditor.get("/api/v1/ledger/seal/heads?limit=1&after=" + (anchor.path("number").asLong() - 1))
        .expect(200).body().path("items").path(0);
    assertEquals(head.path("treeRoot"), anchor.path("treeRoot"));
    assertTrue(auditor.get("/api/v1/ledger/seal/anchors").expect(200).body().path("items").size() > 0);
  }

  private void awaitSealed() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (auditor.get("/api/v1/ledger/seal/head").status() != 200) {
      assertTrue(System.nanoTime() < deadline, "nothing is sealed in time");
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
