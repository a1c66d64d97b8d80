package ai.qenex.launcher.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A client of the bank's public API with the tokens of the demo clients. What may be asked again (a busy bank, a
 * connection that broke) is asked again, a bounded number of times: every request of the day carries ids of its own
 * making, so asking twice does nothing twice.
 */
final class BankClient {

  static final ObjectMapper JSON = new ObjectMapper();

  static final int NOT_FOUND = 404;

  private static final int MAX_ATTEMPTS = 20;
  private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int SHOWN_OF_ANSWER = 600;

  /** The demo clients, by what they may do. */
  enum Client {
    TELLER, OPERATOR, AUDITOR;

    String id() {
      return "demo-" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** A request body and its media type. */
  record Body(String contentType, byte[] bytes) {

    static final Body NONE = new Body("application/json", new byte[0]);

    static Body json(JsonNode node) {
      try {
        return new Body("application/json", JSON.writeValueAsBytes(node));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a tree can always be written", e);
      }
    }

    static Body xml(byte[] document) {
      return new Body("application/xml", document);
    }
  }

  /** What the bank answered. */
  record Answer(String asked, int status, byte[] bytes) {

    boolean isSuccess() {
      return status / 100 == 2;
    }

    JsonNode json() {
      try {
        JsonNode node = JSON.readTree(bytes);
        return node == null ? MissingNode.getInstance() : node;
      } catch (IOException e) {
        throw new DemoFaultException(asked + " answered " + status + " with something that is no JSON: " + shown(), e);
      }
    }

    /** The answer, which must be a success. @throws DemoFaultException if it is not */
    Answer expected() {
      if (!isSuccess()) {
        throw new DemoFaultException(asked + " answered " + status + ": " + shown());
      }
      return this;
    }

    private String shown() {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.length() <= SHOWN_OF_ANSWER ? text : text.substring(0, SHOWN_OF_ANSWER) + " ...";
    }
  }

  private record Token(String value, Instant renewAfter) {}

  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
  private final Map<Client, Token> tokens = new ConcurrentHashMap<>();

  /** @param base such as {@code http://localhost:8080} */
  BankClient(URI base) {
    this.base = base;
  }

  URI base() {
    return base;
  }

  Answer get(Client client, String path) {
    return send(client, HttpRequest.newBuilder(base.resolve(path)).GET().header("Accept", "application/json"));
  }

  Answer getXml(Client client, String path) {
    return send(client, HttpRequest.newBuilder(base.resolve(path)).GET().header("Accept", "application/xml"));
  }

  Answer post(Client client, String path, Body body) {
    return send(client, HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", body.contentType())
        .header("Accept", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes())));
  }

  private Answer send(Client client, HttpRequest.Builder request) {
    Answer answer = attempt(request.setHeader("Authorization", "Bearer " + token(client)));
    if (answer.status() == 401) {
      tokens.remove(client);
      return attempt(request.setHeader("Authorization", "Bearer " + token(client)));
    }
    return answer;
  }

  private String token(Client client) {
    Token known = tokens.get(client);
    if (known != null && Instant.now().isBefore(known.renewAfter())) {
      return known.value();
    }
    String form = "grant_type=client_credentials&client_id=" + client.id() + "&client_secret=demo";
    JsonNode answer = attempt(HttpRequest.newBuilder(base.resolve("/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))).expected().json();
    Token token = new Token(answer.path("access_token").asText(),
        Instant.now().plusSeconds(answer.path("expires_in").asLong() / 2));
    tokens.put(client, token);
    return token.value();
  }

  private Answer attempt(HttpRequest.Builder builder) {
    HttpRequest request = builder.timeout(REQUEST_LIMIT).build();
    String asked = request.method() + " " + request.uri().getPath();
    IOException broken = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      try {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 503 && response.statusCode() != 429) {
          return new Answer(asked, response.statusCode(), response.body());
        }
        pause(Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
      } catch (IOException e) {
        broken = e;
        pause(Duration.ofMillis(200));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DemoFaultException("interrupted at " + asked, e);
      }
    }
    throw new DemoFaultException(asked + ": the bank was busy or away " + MAX_ATTEMPTS + " times in a row", broken);
  }

  /** Waits, but never longer than a reader of the console would. */
  static void pause(Duration asked) {
    long millis = Math.min(asked.toMillis(), LONGEST_PAUSE.toMillis());
    CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)).join();
  }
}
