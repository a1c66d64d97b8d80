package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The running bank as a client of a role sees it, in few words. */
record Api(RunningBank bank, String role) {

  static final ObjectMapper JSON = new ObjectMapper();
  /** Stands before a token in the place of a role. */
  private static final String TOKEN = "token ";
  private static final AtomicLong NAMES = new AtomicLong(System.nanoTime());

  static Api as(String role) {
    return new Api(RunningBank.get(), role);
  }

  /** Whoever bears that token. */
  static Api bearing(String token) {
    return new Api(RunningBank.get(), TOKEN + token);
  }

  /** A name that no other test has. */
  static String unique(String prefix) {
    return prefix + "-" + Long.toString(NAMES.incrementAndGet(), 36);
  }

  /** What came back. @param body a missing node if it is no JSON */
  record Answer(JsonNode body, HttpResponse<String> raw) {

    int status() {
      return raw.statusCode();
    }

    String text(String member) {
      return body.path(member).asText();
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    Answer expect(int status) {
      assertEquals(status, status(), () -> raw.request().method() + " " + raw.uri() + " answers " + raw.body());
      return this;
    }

    /** A problem as the contract promises it. */
    Answer expectProblem(int status, String code) {
      expect(status);
      assertEquals("application/problem+json", header("Content-Type"), raw.body());
      assertEquals(code, text("code"), raw.body());
      assertEquals(status, body.path("status").asInt(), raw.body());
      for (String member : new String[] {"type", "title", "detail", "instance"}) {
        assertEquals(true, body.path(member).isTextual(), () -> member + " is missing: " + raw.body());
      }
      return this;
    }

    Answer expectInvalid(String path) {
      expectProblem(400, "INVALID_REQUEST");
      assertEquals(path, text("path"), raw.body());
      return this;
    }
  }

  Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  Answer post(String path, Map<String, ?> body, String... headers) {
    return post(path, json(body), headers);
  }

  Answer post(String path, String json, String... headers) {
    return send(request(path, headers).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  Answer postAs(String mediaType, String path, String body) {
    return send(request(path).header("Content-Type", mediaType).POST(BodyPublishers.ofString(body)));
  }

  /** A POST that needs no body. */
  Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  Answer send(HttpRequest.Builder request) {
    HttpResponse<String> response = bank.send(request.build());
    return new Answer(read(response), response);
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = role.startsWith(TOKEN)
        ? bank.bearing(role.substring(TOKEN.length()), path) : bank.request(role, path);
    return headers.length == 0 ? request : request.headers(headers);
  }

  /** Opens an account and answers its view. */
  JsonNode open(String asset, String product) {
    return post("/api/v1/accounts", Map.of("asset", asset, "owner", "Test", "product", product)).expect(201).body();
  }

  /**
   * Opens a current account with that much in it, which comes out of an internal account of its own; answers its id.
   */
  String openWith(String asset, String amount) {
    String account = open(asset, "current").path("id").asText();
    String source = new Api(bank, "operator").open(asset, "internal").path("id").asText();
    transfer(source, account, amount, asset).expect(201);
    return account;
  }

  Answer transfer(String debit, String credit, String amount, String asset) {
    return post("/api/v1/transfers", order(debit, credit, amount, asset));
  }

  static Map<String, String> order(String debit, String credit, String amount, String asset) {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("debit", debit);
    order.put("credit", credit);
    order.put("amount", amount);
    order.put("asset", asset);
    return order;
  }

  String booked(String account) {
    return get("/api/v1/accounts/" + account).expect(200).text("booked");
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(HttpResponse<String> response) {
    try {
      return response.headers().firstValue("Content-Type").orElse("").contains("json")
          ? JSON.readTree(response.body()) : JSON.missingNode();
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + response.body(), e);
    }
  }
}
