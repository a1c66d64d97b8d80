package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer or an auditor can prove with nothing but answers of the API and SHA-256 (invariant LEDGER-7). */
class SealedLogIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final Api teller = Api.as("teller");
  private final Api auditor = Api.as("auditor");

  private JsonNode sealedTransfer() {
    String account = teller.openWith("EUR", "10.00");
    String other = teller.open("EUR", "current").path("id").asText();
    return teller.transfer(account, other, "1.25", "EUR").expect(201).body();
  }

  private JsonNode proofOf(String id) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Api.Answer answer = auditor.get("/api/v1/transfers/" + id + "/proof");
      if (answer.status() == 200) {
        return answer.body();
      }
      answer.expectProblem(409, "NOT_SEALED_YET");
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    throw new AssertionError("transfer " + id + " is not sealed in time");
  }

  @Test
  void provesATransferToWhoeverKnowsSha256() {
    JsonNode transfer = sealedTransfer();
    JsonNode proof = proofOf(transfer.path("id").asText());
    byte[] form = Base64.getDecoder().decode(proof.path("form").asText());
    assertEquals(transfer.path("seq").asLong(), ByteBuffer.wrap(form).getLong(1));
    byte[] leaf = sha256(new byte[] {0}, form);
    assertEquals(transfer.path("hash").asText(), hex(leaf));
    JsonNode range = proof.path("range");
    byte[] rangeRoot = climb(leaf, proof.path("leafIndex").asLong(), proof.path("rangeSize").asLong(),
        proof.path("rangePath"));
    assertEquals(range.path("rangeRoot").asText(), hex(rangeRoot));
    byte[] bounds =
        ByteBuffer.allocate(16).putLong(range.path("first").asLong()).putLong(range.path("last").asLong()).array();
    JsonNode head = proof.path("head");
    byte[] treeRoot = climb(sha256(new byte[] {0}, bounds, rangeRoot), proof.path("treeIndex").asLong(),
        head.path("number").asLong(), proof.path("treePath"));
    assertEquals(head.path("treeRoot").asText(), hex(treeRoot));
    assertTrue(auditor.get("/api/v1/ledger/seal/keys").expect(200).body().path("items").findValuesAsText("keyId")
        .contains(head.path("keyId").asText()));
  }

  /** RFC 9162, 2.1.3.2. */
  private static byte[] climb(byte[] leaf, long index, long size, JsonNode path) {
    byte[] root = leaf;
    long fn = index;
    long sn = size - 1;
    for (JsonNode step : path) {
      byte[] sibling = HexFormat.of().parseHex(step.asText());
      if ((fn & 1) == 1 || fn == sn) {
        root = sha256(new byte[] {1}, sibling, root);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        root = sha256(new byte[] {1}, root, sibling);
      }
      fn >>= 1;
      sn >>= 1;
    }
    assertEquals(0, sn);
    return root;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Arrays.stream(parts).forEach(digest::update);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void givesHeadsAndWhatJoinsThem() {
    proofOf(sealedTransfer().path("id").asText());
    JsonNode latest = auditor.get("/api/v1/ledger/seal/head").expect(200).body();
    long number = latest.path("number").asLong();
    List<JsonNode> heads = new ArrayList<>();
    long after = 0;
    while (after < number) {
      JsonNode page = auditor.get("/api/v1/ledger/seal/heads?limit=100&after=" + after).expect(200).body();
      page.path("items").forEach(heads::add);
      after = heads.get(heads.size() - 1).path("number").asLong();
    }
    for (int i = 0; i < heads.size(); i++) {
      assertEquals(i + 1L, heads.get(i).path("number").asLong());
      assertEquals(i == 0 ? 1 : heads.get(i - 1).path("last").asLong() + 1, heads.get(i).path("first").asLong());
    }
    JsonNode growth = auditor.get("/api/v1/ledger/seal/consistency?from=1&to=" + number).expect(200).body();
    assertEquals(heads.get(0), growth.path("from"));
    assertEquals(number, growth.path("to").path("number").asLong());
    assertTrue(number == 1 || growth.path("path").size() > 0);
    assertTrue(auditor.get("/api/v1/ledger/check").expect(200).body().path("seal").path("upTo").asLong() > 0);
  }

  @Test
  void exportsTheLogLineByLine() {
    JsonNode transfer = sealedTransfer();
    long seq = transfer.path("seq").asLong();
    proofOf(transfer.path("id").asText());
    String all = auditor.get("/api/v1/ledger/log").expect(200).raw().body();
    String[] lines = all.split("\n");
    assertTrue(lines.length >= seq);
    assertTrue(lines[(int) seq - 1].startsWith("{\"seq\":" + seq + ",\"id\":\"" + transfer.path("id").asText()), all);
    String one = auditor.get("/api/v1/ledger/log?from=" + seq + "&to=" + seq).expect(200).raw().body();
    assertEquals(lines[(int) seq - 1] + "\n", one);
    assertTrue(one.contains(transfer.path("hash").asText()));
    assertEquals("", auditor.get("/api/v1/ledger/log?from=900000000000").expect(200).raw().body());
  }

  @Test
  void saysWhatItCannotProve() {
    teller.get("/api/v1/transfers/" + UUID.randomUUID() + "/proof").expectProblem(404, "TRANSFER_NOT_FOUND");
    teller.get("/api/v1/transfers/nonsense/proof").expectProblem(404, "TRANSFER_NOT_FOUND");
    String id = sealedTransfer().path("id").asText();
    teller.get("/api/v1/transfers/" + id + "/proof?head=0").expectInvalid("head");
    teller.get("/api/v1/transfers/" + id + "/proof?head=x").expectInvalid("head");
    teller.get("/api/v1/transfers/" + id + "/proof?head=999999999999").expectProblem(409, "NOT_SEALED_YET");
    auditor.get("/api/v1/ledger/seal/consistency?from=2&to=1").expectInvalid("from");
    auditor.get("/api/v1/ledger/seal/consistency?from=1").expectInvalid("to");
    auditor.get("/api/v1/ledger/seal/consistency?from=-1&to=4").expectInvalid("from");
    auditor.get("/api/v1/ledger/seal/consistency?from=1&to=99999999").expectProblem(404, "HEAD_NOT_FOUND");
    auditor.get("/api/v1/ledger/seal/heads?after=-1").expectInvalid("after");
    auditor.get("/api/v1/ledger/seal/heads?limit=0").expectInvalid("limit");
    auditor.get("/api/v1/ledger/log?from=0").expectInvalid("from");
    auditor.get("/api/v1/ledger/log?from=5&to=4").expectInvalid("to");
    teller.get("/api/v1/ledger/log").expectProblem(403, "FORBIDDEN");
  }

  /** The auditor's program sees nothing but what he downloaded. */
  @Test
  void standsBeforeTheAuditorsProgram(@TempDir Path folder) throws IOException, InterruptedException {
    proofOf(sealedTransfer().path("id").asText());
    String head = assertVerifiedByTheProgram(folder);
    Path log = folder.resolve("log");
    List<String> entries = new ArrayList<>(Files.readAllLines(log));
    java.util.Collections.swap(entries, entries.size() / 2, entries.size() / 2 - 1);
    Files.write(log, entries);
    assertEquals(1, verify(log, folder.resolve("heads"), folder.resolve("keys"), head));
  }

  /** Downloads log, heads and keys into the folder and answers the head up to which they were verified. */
  String assertVerifiedByTheProgram(Path folder) throws IOException, InterruptedException {
    JsonNode kept = auditor.get("/api/v1/ledger/seal/head").expect(200).body();
    Path log = download(folder, "log", "/api/v1/ledger/log?to=" + kept.path("last").asLong(), "application/x-ndjson");
    Path heads = download(folder, "heads", "/api/v1/ledger/seal/heads/all", "application/x-ndjson");
    Path keys = download(folder, "keys", "/api/v1/ledger/seal/keys", "application/json");
    List<String> lines = Files.readAllLines(heads).subList(0, kept.path("number").asInt());
    Files.write(heads, lines);
    String head = kept.path("number").asLong() + ":" + kept.path("treeRoot").asText();
    assertEquals(0, verify(log, heads, keys, head));
    return head;
  }

  private Path download(Path folder, String name, String path, String mediaType) throws IOException {
    Path file = folder.resolve(name);
    Api.Answer answer = auditor.send(auditor.request(path).header("Accept", mediaType).GET()).expect(200);
    return Files.writeString(file, answer.raw().body());
  }

  private static int verify(Path log, Path heads, Path keys, String head) throws IOException, InterruptedException {
    String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
        classes, "ai.qenex.verifier.VerifyLog", log.toString(), heads.toString(), keys.toString(), head).inheritIO()
        .start().waitFor();
  }

  @Test
  void archivesOnlyWholeRangesAndSaysSo() {
    Api operator = Api.as("operator");
    long last = auditor.get("/api/v1/ledger/check").expect(200).body().path("lastSeq").asLong();
    assertEquals(0, operator.post("/api/v1/ledger/archives", java.util.Map.of("upTo", last)).expect(200).body()
        .path("items").size(), "no range of the log is full");
    assertEquals(0, auditor.get("/api/v1/ledger/archives").expect(200).body().path("items").size());
    operator.post("/api/v1/ledger/archives", "{\"upTo\":0}").expectInvalid("/upTo");
    operator.post("/api/v1/ledger/archives/1/detach").expectProblem(404, "NOT_FOUND");
    operator.post("/api/v1/ledger/archives", "{\"upTo\":\"x\"}").expectProblem(400, "INVALID_REQUEST");
    operator.post("/api/v1/ledger/archives", "{\"upTo\":1,\"and\":2}").expectProblem(400, "INVALID_REQUEST");
  }
}
