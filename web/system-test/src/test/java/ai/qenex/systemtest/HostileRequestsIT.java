package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Thousands of hostile requests against the running bank: none is answered by a fault of ours (5xx), none changes
 * anything, none learns anything of our insides. {@code -Dqenex.hostile.seed} plays another set.
 */
class HostileRequestsIT {

  private static final int LEAST = 5_000;
  private static final int LANES = 6;
  private static final long SEED = Long.getLong("qenex.hostile.seed", 20_260_401);
  private static final List<String> INSIDES =
      List.of("ai.qenex", "java.lang", "java.util", "java.io", "jakarta.", "org.jboss",
          "io.undertow", "com.fasterxml", "org.postgresql", "Exception", "\tat ", "WFLY", "RESTEASY", "UT0", "SQLSTATE",
          "root:x:");

  private final RunningBank bank = RunningBank.get();

  @Test
  void changeNothingLearnNothingAndBreakNothing() throws Exception {
    JsonNode contract =
        Api.JSON.readTree(bank.send(HttpRequest.newBuilder(bank.at("/openapi?format=JSON")).build()).body());
    String token = SignedTokens.ofIssuer(bank).of("hostile");
    List<HostileRequest> requests = HostileRequests.of(contract, token, SEED);
    assertTrue(requests.size() >= LEAST, () -> "only " + requests.size());
    BankState before = BankState.settled(bank);
    List<RawHttp> stalled = stalledRequests(token);
    long begun = System.nanoTime();
    Findings findings = play(requests, token);
    findings.add(playRaw());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertEquals(List.of(), findings.wrong, () -> "seed " + SEED);
    for (RawHttp client : stalled) {
      assertTrue(RawHttp.statusOf(client.answer()) < 500);
      client.close();
    }
    assertEquals(before, BankState.settled(bank), () -> "seed " + SEED);
    System.getLogger("hostile").log(System.Logger.Level.INFO,
        requests.size() + " requests in " + took.toSeconds() + " s: " + findings.byStatus);
  }

  @Test
  void areTheSameForTheSameSeed() throws IOException {
    JsonNode contract =
        Api.JSON.readTree(bank.send(HttpRequest.newBuilder(bank.at("/openapi?format=JSON")).build()).body());
    assertEquals(HostileRequests.of(contract, "a.b.c", 7).toString(),
        HostileRequests.of(contract, "a.b.c", 7).toString());
  }

  private static final class Findings {
    private final Map<Integer, Integer> byStatus = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    void add(Findings others) {
      others.byStatus.forEach((status, count) -> byStatus.merge(status, count, Integer::sum));
      wrong.addAll(others.wrong);
    }

    void judge(Object request, boolean mayRead, String answer) {
      int status = RawHttp.statusOf(answer);
      byStatus.merge(status, 1, Integer::sum);
      boolean read = status / 100 == 2 && mayRead;
      boolean refused = status == 0 || status / 100 == 4 || status == 501 || status == 505 || status / 100 == 3;
      boolean tells = INSIDES.stream().anyMatch(answer::contains) && !read;
      if (!read && !refused || tells) {
        wrong.add(request + " -> " + answer.substring(0, Math.min(300, answer.length())).replaceAll("\\s+", " "));
      }
    }
  }

  private Findings play(List<HostileRequest> requests, String token) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(LANES);
    try {
      List<Callable<Findings>> lanes = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        int first = lane;
        lanes.add(() -> {
          var findings = new Findings();
          for (int i = first; i < requests.size(); i += LANES) {
            HostileRequest request = requests.get(i);
            boolean mayRead = List.of("GET", "HEAD", "OPTIONS", "get").contains(request.method());
            findings.judge(request, mayRead, answerTo(request.bytes(token)));
          }
          return findings;
        });
      }
      var all = new Findings();
      for (Future<Findings> lane : pool.invokeAll(lanes)) {
        all.add(lane.get());
      }
      return all;
    } finally {
      pool.shutdownNow();
    }
  }

  /** What is hardly HTTP: broken request lines, lengths that contradict each other, smuggled requests, noise. */
  private Findings playRaw() throws IOException {
    String post = "POST /api/v1/transfers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    List<String> texts = new ArrayList<>(List.of("\r\n\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET http://evil.example/api/v1/assets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", post + "Content-Length: -1\r\n\r\n", post + "Content-Length: a\r\n\r\n",
        post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        post + "Content-Length: 99999999999999999999\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
        post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
        post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        post + "Content-Length: 4\r\n\r\n0\r\n\r\nGET /api/v1/ledger/log HTTP/1.1\r\nHost: x\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001",
        "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(5_000) + "\r\n", "A".repeat(100_000),
        "GET /" + "%41".repeat(20_000) + " HTTP/1.1\r\n\r\n"));
    var random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      byte[] noise = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(noise);
      texts.add(new String(noise, StandardCharsets.ISO_8859_1) + "\r\n\r\n");
    }
    var findings = new Findings();
    for (String text : texts) {
      findings.judge(text.substring(0, Math.min(120, text.length())), false,
          answerTo(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return findings;
  }

  private String answerTo(byte[] request) throws IOException {
    try (RawHttp client = new RawHttp(bank)) {
      client.send(request);
      client.finish();
      return client.answer();
    }
  }

  /** They say that a body comes, and then nothing comes. */
  private List<RawHttp> stalledRequests(String token) throws IOException {
    List<RawHttp> stalled = new ArrayList<>();
    for (String type : List.of("application/json", "application/x-ndjson", "application/xml")) {
      RawHttp client = new RawHttp(bank);
      String path = type.endsWith("xml") ? "/api/v1/payment-files" : "/api/v1/transfers/batch";
      client.send(RawHttp.head("POST", path, "Authorization: Bearer " + token, "Content-Type: " + type,
          "Content-Length: 5000") + "[");
      stalled.add(client);
    }
    return stalled;
  }
}
