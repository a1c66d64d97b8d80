package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every limit of config/handbook/edges.md, met by a client that does not keep it. */
class LimitsIT {

  private static final String TRANSFERS = "/api/v1/transfers";
  private static final String JSON = "Content-Type: application/json";

  private final RunningBank bank = RunningBank.get();
  private final Api operator = Api.as("operator");

  @Test
  void cutsABodyThatDrips() throws IOException {
    long begun = System.nanoTime();
    try (RawHttp client = new RawHttp(bank)) {
      client.send(RawHttp.head("POST", TRANSFERS, token("teller"), JSON, "Content-Length: 60000"));
      while (client.send(" ") && System.nanoTime() - begun < Duration.ofSeconds(8).toNanos()) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      String answer = client.answer();
      assertEquals(408, RawHttp.statusOf(answer), answer);
      assertTrue(answer.contains("\"BODY_TOO_SLOW\""), answer);
    }
  }

  @Test
  void closesAfterHeadersThatDrip() throws IOException {
    long begun = System.nanoTime();
    try (RawHttp client = new RawHttp(bank)) {
      client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
      while (client.send("x") && System.nanoTime() - begun < Duration.ofSeconds(20).toNanos()) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      assertEquals("", client.answer());
      long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      assertTrue(seconds >= 4 && seconds < 20, () -> "closed after " + seconds + " s");
    }
  }

  @ParameterizedTest
  @CsvSource({"POST,/api/v1/transfers,70000", "POST,/api/v1/accounts,70000", "POST,/api/v1/payment-files,2147483648",
      "POST,/api/v1/transfers/batch,2147483648"})
  void answers413ToALengthBeyondTheLimit(String method, String path, long length) throws IOException {
    String type = path.endsWith("files") ? "Content-Type: application/xml" : JSON;
    try (RawHttp client = new RawHttp(bank)) {
      client.send(RawHttp.head(method, path, token("teller"), type, "Content-Length: " + length));
      client.send(" ".repeat(70_000));
      String answer = client.answer();
      assertEquals(413, RawHttp.statusOf(answer), answer);
      assertTrue(answer.contains("\"PAYLOAD_TOO_LARGE\""), answer);
    }
  }

  @Test
  void answers413ToChunksWithoutEnd() throws IOException {
    try (RawHttp client = new RawHttp(bank)) {
      client.send(RawHttp.head("POST", TRANSFERS, token("teller"), JSON, "Transfer-Encoding: chunked"));
      String chunk = "1000\r\n" + " ".repeat(4_096) + "\r\n";
      for (int i = 0; i < 20 && client.send(chunk); i++) {
        // until it is too much
      }
      String answer = client.answer();
      assertEquals(413, RawHttp.statusOf(answer), answer);
    }
  }

  @Test
  void answers413ToAFormThatIsTooLong() throws IOException {
    try (RawHttp client = new RawHttp(bank)) {
      client.send(RawHttp.head("POST", "/oauth2/token", "Content-Type: application/x-www-form-urlencoded",
          "Content-Length: 20000"));
      client.send("a=" + "b".repeat(19_998));
      assertEquals(413, RawHttp.statusOf(client.answer()));
    }
  }

  @Test
  void cutsAFormThatDrips() throws IOException {
    long begun = System.nanoTime();
    try (RawHttp client = new RawHttp(bank)) {
      client.send(RawHttp.head("POST", "/oauth2/token", "Content-Type: application/x-www-form-urlencoded",
          "Transfer-Encoding: chunked"));
      while (client.send("1\r\na\r\n") && System.nanoTime() - begun < Duration.ofSeconds(8).toNanos()) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      assertEquals(408, RawHttp.statusOf(client.answer()));
    }
  }

  @Test
  void refusesTooManyTooLongHeadersAndParameters() throws IOException {
    String[] many = new String[70];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X-" + i + ": y";
    }
    for (String request : List.of(RawHttp.head("GET", "/api/v1/assets", many),
        RawHttp.head("GET", "/api/v1/assets", "X: " + "y".repeat(40_000)),
        RawHttp.head("GET", "/api/v1/assets?" + "a=b&".repeat(150)),
        RawHttp.head("GET", "/" + "a".repeat(40_000)))) {
      try (RawHttp client = new RawHttp(bank)) {
        client.send(request);
        int status = RawHttp.statusOf(client.answer());
        assertTrue(status == 400 || status == 431 || status == 414 || status == 0,
            () -> request.substring(0, 60) + ": " + status);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"17 levels", "101 digits", "5,000 characters", "65 characters of a name"})
  void refusesJsonBeyondItsLimits(String what) {
    String value = switch (what) {
      case "17 levels" -> "[".repeat(17) + "]".repeat(17);
      case "101 digits" -> "1".repeat(101);
      case "5,000 characters" -> '"' + "x".repeat(5_000) + '"';
      default -> "{\"" + "n".repeat(65) + "\":1}";
    };
    operator.post(TRANSFERS, "{\"debit\":" + value + "}").expectProblem(400, "INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x\"><a/>",
      "<!DOCTYPE a [<!ENTITY % b SYSTEM \"file:///etc/passwd\">%b;]><a/>"})
  void readsNoXmlWithADoctype(String document) {
    operator.postAs("application/xml", "/api/v1/payment-files", document).expectProblem(400, "INVALID_REQUEST");
  }

  @Test
  void tellsAUserWhoComesTooOftenWhenToComeBack() {
    String token = SignedTokens.ofIssuer(bank).of("rarely");
    int let = 0;
    Api.Answer answer = getAssets(token);
    for (; answer.status() == 200 && let < 100; let++) {
      answer = getAssets(token);
    }
    answer.expectProblem(429, "TOO_MANY_REQUESTS");
    assertTrue(let >= 9 && let <= 60, "let " + let);
    assertEquals("1", answer.header("Retry-After"));
    assertEquals("\"user\";q=10;w=2", answer.header("RateLimit-Policy"));
    assertTrue(answer.header("RateLimit").matches("\"user\";r=0;t=[12]"), answer.header("RateLimit"));
    assertEquals("user", answer.text("policy"));
    operator.get("/api/v1/assets").expect(200);
  }

  @Test
  void boundsRequestsForTokensFromOneAddressAndNoOther() throws IOException {
    String request = RawHttp.head("POST", "/oauth2/token", "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 3") + "a=b";
    int status = 400;
    try (RawHttp client = new RawHttp(bank, "127.0.0.77")) {
      for (int i = 0; status == 400 && i < 20_000; i++) {
        client.send(request);
        status = RawHttp.statusOf(client.answer());
      }
    }
    assertEquals(429, status);
    try (RawHttp client = new RawHttp(bank, "127.0.0.78")) {
      client.send(request);
      assertEquals(400, RawHttp.statusOf(client.answer()));
    }
  }

  /** All places taken by bodies that do not come: the others hear so at once, and those who run the bank get in. */
  @Test
  void refusesAtOnceWhenFullButForHealthAndOperators() throws IOException {
    bank.token("teller");
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        RawHttp client = new RawHttp(bank);
        slow.add(client);
        client.send(RawHttp.head("POST", TRANSFERS, token("teller"), JSON, "Content-Length: 100") + "{");
      }
      long begun = System.nanoTime();
      Api.Answer refused = Api.as("teller").get("/api/v1/assets");
      while (refused.status() == 200 && System.nanoTime() - begun < Duration.ofSeconds(10).toNanos()) {
        refused = Api.as("teller").get("/api/v1/assets");
      }
      refused.expectProblem(503, "OVERLOADED");
      assertEquals("1", refused.header("Retry-After"));
      operator.get("/api/v1/assets").expect(200);
      operator.post(TRANSFERS, Map.of()).expectProblem(503, "OVERLOADED");
      operator.get("/health/ready").expect(200);
    } finally {
      for (RawHttp client : slow) {
        client.close();
      }
    }
    assertServesAgain();
  }

  private void assertServesAgain() {
    long begun = System.nanoTime();
    int status = Api.as("teller").get("/api/v1/assets").status();
    while (status == 503 && System.nanoTime() - begun < Duration.ofSeconds(40).toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      status = Api.as("teller").get("/api/v1/assets").status();
    }
    assertEquals(200, status);
  }

  private Api.Answer getAssets(String token) {
    return new Api(bank, "teller").send(HttpRequest.newBuilder(bank.at("/api/v1/assets"))
        .header("Authorization", "Bearer " + token));
  }

  private String token(String role) {
    return "Authorization: Bearer " + bank.token(role);
  }
}
