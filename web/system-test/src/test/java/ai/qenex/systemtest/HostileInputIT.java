package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it is the client's fault (4xx), told as a problem, without a word about our insides. */
class HostileInputIT {

  private static final List<String> JSON_ENDPOINTS = List.of("/api/v1/accounts", "/api/v1/transfers",
      "/api/v1/transfers/batch", "/api/v1/transaction", "/api/v1/payments", "/api/v1/jobs/end-of-day",
      "/api/v1/settlement/obligations");

  private final Api operator = Api.as("operator");

  static Stream<String> bodies() {
    return Stream.of("", " ", "null", "true", "0", "\"\"", "[[]]", "[null]", "{", "}", "{]", "{\"\":\"\"}", "{\"a\":1}",
        "\u0000",
        "{\"amount\":" + "9".repeat(5_000) + "}", "{\"amount\":1e999999999}", "{\"amount\":-0}", "[".repeat(50_000),
        "{\"a\":".repeat(10_000), "{\"debit\":\"" + "x".repeat(60_000) + "\"}",
        "{\"businessDate\":\"" + "9".repeat(3_000) + "\"}",
        "{\"debit\":\"a\",\"debit\":\"b\"}", "\ufeff{}",
        "{\"debit\":\"\\u0000\",\"credit\":\"\\ud800\",\"amount\":\"1\",\"asset\":\"EUR\"}",
        "{\"__proto__\":{}}", "<xml/>", "%00%ff", "{\"businessDate\":\"${jndi:ldap://x}\"}", "{\"businessDate\":{}}",
        "[1,2,3]");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void refusesEveryBodyThatIsNoRequest(String body) {
    for (String endpoint : JSON_ENDPOINTS) {
      assertClientsFault(endpoint, operator.post(endpoint, body));
    }
  }

  @Test
  void refusesGoodRequestsWithFlippedBytes() {
    String debit = operator.open("EUR", "internal").path("id").asText();
    String credit = operator.open("EUR", "current").path("id").asText();
    byte[] good = Api.json(Api.order(debit, credit, "1.00", "EUR")).getBytes(StandardCharsets.UTF_8);
    var random = new Random(4711);
    for (int i = 0; i < 300; i++) {
      byte[] body = good.clone();
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      Api.Answer answer = operator.send(operator.request("/api/v1/transfers").header("Content-Type", "application/json")
          .POST(BodyPublishers.ofByteArray(body)));
      if (answer.status() != 201) {
        assertClientsFault(new String(body, StandardCharsets.ISO_8859_1), answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/json/x", "*/*", "multipart/form-data",
      "application/x-www-form-urlencoded"})
  void refusesOtherMediaTypes(String mediaType) {
    for (String endpoint : JSON_ENDPOINTS) {
      assertClientsFault(endpoint + " " + mediaType, operator.postAs(mediaType, endpoint, "{}"));
    }
    operator.postAs("text/plain", "/api/v1/transfers", "{}").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    operator.post("/api/v1/payment-files", "{}").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void tellsWhatItCannotAnswer() {
    operator.get("/api/v1/assets", "Accept", "text/html").expectProblem(406, "NOT_ACCEPTABLE");
    operator.get("/api/v1/accounts/a/statements/2027-02-26", "Accept", "text/plain").expectProblem(406,
        "NOT_ACCEPTABLE");
    operator.get("/api/v1/unheard-of").expectProblem(404, "NOT_FOUND");
    operator.get("/").expectProblem(404, "NOT_FOUND");
    operator.get("/api/v1/holds").expectProblem(405, "METHOD_NOT_ALLOWED");
    Api.Answer notAllowed =
        operator.send(operator.request("/api/v1/transfers").method("PUT", BodyPublishers.ofString("{}")));
    notAllowed.expectProblem(405, "METHOD_NOT_ALLOWED");
    assertTrue(notAllowed.header("Allow").contains("POST"), notAllowed.header("Allow"));
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/transfers,70000", "/api/v1/accounts,70000", "/api/v1/payments,70000",
      "/api/v1/jobs/end-of-day,70000",
      "/api/v1/transfers/batch,5000000", "/api/v1/settlement/obligations,5000000"})
  void refusesOversizedBodies(String endpoint, int blanks) {
    operator.post(endpoint, " ".repeat(blanks) + "{}").expectProblem(413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void endsBodiesOfManyTinyLines() {
    operator.postAs("application/x-ndjson", "/api/v1/transfers/batch", "1\n".repeat(400_000))
        .expectProblem(400, "INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "demo-teller%00", "%ff%fe", "%ed%a0%80", "demo-teller%0a", "'", "", "+",
      "%F0%9F%92%A9"})
  void givesNoTokenToClientsWithOddNames(String clientId) {
    String grant = "grant_type=client_credentials&client_secret=demo&client_id=";
    Api.Answer answer = operator.postAs("application/x-www-form-urlencoded", "/oauth2/token", grant + clientId);
    assertEquals("invalid_client", answer.expect(401).text("error"));
  }

  @Test
  void givesNoTokenForFormsThatAreNone() {
    String form = "application/x-www-form-urlencoded";
    String grant = "grant_type=client_credentials&client_id=demo-teller&client_secret=";
    for (String secret : List.of("%00", "x".repeat(10_000), "demo%00")) {
      assertEquals("invalid_client", operator.postAs(form, "/oauth2/token", grant + secret).expect(401).text("error"));
    }
    String twice = "&client_id=%00&grant_type=x";
    for (String body : List.of("", "&&==&", "%", "grant_type=%zz", "\u0000", "a".repeat(100_000),
        grant + "no" + twice)) {
      int status = operator.postAs(form, "/oauth2/token", body).status();
      assertTrue(status >= 400 && status < 500, () -> body.substring(0, Math.min(50, body.length())) + ": " + status);
    }
    operator.post("/oauth2/token", "{}").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00fc", "a b", "k k"})
  void refusesKeysThatAreNone(String key) {
    operator.send(operator.request("/api/v1/transfers").header("Content-Type", "application/json")
        .header("Idempotency-Key", key).POST(BodyPublishers.ofString(Api.json(Api.order("a", "b", "1", "EUR")))))
        .expectInvalid("Idempotency-Key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/accounts/..%2f..%2fopenapi", "/api/v1/accounts/%2e%2e/%2e%2e",
      "/api/v1/accounts/%00",
      "/api/v1/accounts/a;b=c", "/api/v1//accounts//a", "/api/v1/accounts/%25%32%65", "/api/v1/accounts/%c0%ae",
      "/api/v1/accounts/%ff%fe",
      "/api/v1/transfers/%0d%0aX:y", "/api/v1/jobs/executions/99999999999999999999", "/api/v1/jobs/executions/-1",
      "/api/v1/jobs/..%2fexecutions", "/api/v1/settlement/messages/a%00b", "/api/v1/settlement/messages/%27%3b--",
      "/api/v1/settlement/cycles?businessDate=%00", "/api/v1/settlement/cycles?businessDate=+999999999-12-31",
      "/api/v1/payment-files/%00", "/api/v1/payment-files/%00/status-report", "/api/v1/payments/%ff",
      "/WEB-INF/web.xml",
      "/META-INF/MANIFEST.MF", "/api/v1/accounts/a/statements/0000-00-00", "/api/v1/accounts/a/statements/%00",
      "/api/v1/accounts/a/transfers?limit=1&limit=2", "/api/v1/accounts/a/balance?at=%00",
      "/problem/unauthenticated/x"})
  void findsNothingBehindPathTricks(String path) {
    HttpResponse<String> response =
        operator.bank().send(HttpRequest.newBuilder(URI.create(operator.bank().baseUrl() + path))
            .header("Authorization", "Bearer " + operator.bank().token("operator")).build());
    assertTrue(response.statusCode() >= 400 && response.statusCode() < 500, () -> path + ": " + response.statusCode());
    assertSaysNothingOfOurInsides(path, response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /api/v1/assets HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "GET\r\n\r\n",
      "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST /api/v1/transfers HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
      "POST /api/v1/transfers HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n",
      "GET /api/v1/assets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \u0001\u0002\r\n\r\n"})
  void survivesWhatIsNoHttp(String request) throws IOException {
    try (Socket socket = new Socket("localhost", operator.bank().baseUrl().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      String answer = readSome(socket.getInputStream());
      assertFalse(answer.startsWith("HTTP/1.1 5") && !answer.startsWith("HTTP/1.1 505"), answer);
      assertSaysNothingOfOurInsides(request, answer);
    }
    operator.get("/api/v1/assets").expect(200);
  }

  @Test
  void tellsNoBeanOfWhatAnIncomingPaymentMayNotBe() {
    Map<String, String> payment = Map.of("debtor", "\u0000", "creditor", "x".repeat(65), "amount", "1", "asset", "EUR");
    assertClientsFault("payment", operator.post("/api/v1/payments", payment));
    assertClientsFault("agent", operator.post("/api/v1/payments",
        Map.of("debtor", "a", "creditor", "b", "amount", "1", "asset", "EUR", "creditorAgent", "NOBIC")));
  }

  private static String readSome(InputStream in) throws IOException {
    try {
      return new String(in.readNBytes(2_000), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketException reset) {
      return "";
    }
  }

  private static void assertClientsFault(String what, Api.Answer answer) {
    assertTrue(answer.status() >= 400 && answer.status() < 500,
        () -> what + ": " + answer.status() + " " + answer.raw().body());
    assertEquals("application/problem+json", answer.header("Content-Type"), () -> what + ": " + answer.raw().body());
    assertSaysNothingOfOurInsides(what, answer.raw().body());
  }

  private static void assertSaysNothingOfOurInsides(String what, String body) {
    for (String inside : List.of("ai.qenex", "java.", "jakarta.", "org.jboss", "Exception", "\tat ", "com.fasterxml",
        "WFLY",
        "RESTEASY")) {
      assertFalse(body.contains(inside), () -> what + ": " + body);
    }
  }
}
