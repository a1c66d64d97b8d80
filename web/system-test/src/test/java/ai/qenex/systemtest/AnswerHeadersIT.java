package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer says to a browser, whoever gives it: a resource, a mapper or the container. */
class AnswerHeadersIT {

  private static final String POLICY =
      "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
  private static final String DESK = "https://desk.bank.example";

  private final RunningBank bank = RunningBank.get();

  @ParameterizedTest
  @CsvSource({"/api/v1/assets,teller,200", "/api/v1/assets,,401", "/api/v1/assets,garbage,401",
      "/api/v1/periods/close,teller,405", "/nowhere,teller,404", "/health/live,,200", "/oauth2/jwks,,200"})
  void tellsTheBrowserToBeCareful(String path, String role, int status) {
    HttpRequest.Builder request = HttpRequest.newBuilder(bank.at(path));
    if (role != null) {
      request.header("Authorization", "Bearer " + (role.equals("garbage") ? role : bank.token(role)));
    }
    HttpResponse<String> answer = bank.send(request.build());
    assertEquals(status, answer.statusCode());
    assertEquals(List.of("nosniff"), answer.headers().allValues("X-Content-Type-Options"));
    assertEquals("no-store", answer.headers().allValues("Cache-Control").get(0));
    assertEquals(List.of(POLICY), answer.headers().allValues("Content-Security-Policy"));
    assertEquals(List.of("no-referrer"), answer.headers().allValues("Referrer-Policy"));
    for (String absent : List.of("Server", "X-Powered-By", "Set-Cookie", "Strict-Transport-Security",
        "Access-Control-Allow-Origin")) {
      assertEquals(List.of(), answer.headers().allValues(absent), absent);
    }
  }

  /** Its answer is the server's and not the war's. */
  @Test
  void tellsTheBrowserToBeCarefulWithTheContract() {
    HttpResponse<String> answer = bank.send(HttpRequest.newBuilder(bank.at("/openapi")).build());
    assertEquals(200, answer.statusCode());
    assertEquals(List.of("nosniff"), answer.headers().allValues("X-Content-Type-Options"));
    assertEquals(List.of(POLICY), answer.headers().allValues("Content-Security-Policy"));
    assertEquals(List.of("no-referrer"), answer.headers().allValues("Referrer-Policy"));
    assertEquals(List.of(), answer.headers().allValues("Strict-Transport-Security"));
  }

  /** Who gets his own request back could read headers that a browser keeps from its pages. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/assets", "/health/live", "/oauth2/token", "/openapi"})
  void echoesNoRequest(String path) {
    HttpResponse<String> answer =
        bank.send(bank.request("teller", path).method("TRACE", BodyPublishers.noBody()).build());
    assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500, path + " answers " + answer.statusCode());
    assertFalse(answer.body().contains("Bearer"), path);
  }

  @ParameterizedTest
  @CsvSource({"https://evil.example", "https://desk.bank.example.evil.example", "http://desk.bank.example", "null",
      "https://DESK.bank.example", "*"})
  void letsNoOtherOriginRead(String origin) {
    HttpResponse<String> answer =
        bank.send(bank.request("teller", "/api/v1/assets").header("Origin", origin).GET().build());
    assertEquals(List.of(), answer.headers().allValues("Access-Control-Allow-Origin"));
    assertEquals(List.of("Origin"), answer.headers().allValues("Vary"));
    assertEquals(List.of(), preflight(origin).headers().allValues("Access-Control-Allow-Origin"));
  }

  @Test
  void letsTheConfiguredOriginAskAndRead() {
    HttpResponse<String> asked = preflight(DESK);
    assertEquals(204, asked.statusCode());
    assertEquals(List.of(DESK), asked.headers().allValues("Access-Control-Allow-Origin"));
    assertEquals(List.of("GET, POST"), asked.headers().allValues("Access-Control-Allow-Methods"));
    assertEquals(List.of(), asked.headers().allValues("Access-Control-Allow-Credentials"));
    HttpResponse<String> answer =
        bank.send(bank.request("teller", "/api/v1/assets").header("Origin", DESK).GET().build());
    assertEquals(List.of(DESK), answer.headers().allValues("Access-Control-Allow-Origin"));
  }

  private HttpResponse<String> preflight(String origin) {
    return bank.send(HttpRequest.newBuilder(bank.at("/api/v1/transfers")).header("Origin", origin)
        .header("Access-Control-Request-Method", "POST").method("OPTIONS", BodyPublishers.noBody()).build());
  }
}
