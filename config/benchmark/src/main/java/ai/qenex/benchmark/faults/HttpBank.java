package ai.qenex.benchmark.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The bank over HTTP behind a load balancer that does what any does: it asks each node's {@code /health/ready} a few
 * times per second, and sends requests to one that says yes.
 */
final class HttpBank implements Bank, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  /** Long enough for a commit on a slow disk, short enough to leave a frozen server. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration CHECK_PATIENCE = Duration.ofSeconds(1);
  private static final long CHECK_MILLIS = 200;
  private static final int OPENING_ATTEMPTS = 200;

  private final List<URI> addresses;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<String> accounts = new ArrayList<>();
  private final Set<String> unclear = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService balancer = Executors.newSingleThreadScheduledExecutor();
  private volatile String token = "";
  private volatile int current;

  HttpBank(List<URI> addresses) {
    this.addresses = List.copyOf(addresses);
    balancer.scheduleWithFixedDelay(this::choose, 0, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Stays with the one in use if it is ready. */
  private void choose() {
    for (int i = 0; i < addresses.size(); i++) {
      int candidate = (current + i) % addresses.size();
      if (isReady(addresses.get(candidate))) {
        current = candidate;
        return;
      }
    }
  }

  private boolean isReady(URI address) {
    try {
      return send(HttpRequest.newBuilder(address.resolve("/health/ready")).timeout(CHECK_PATIENCE).build())
          .statusCode() == 200;
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    balancer.shutdownNow();
  }

  /** Opens accounts with that much in each. Answers their numbers. */
  List<String> open(int count, String amount) {
    String vault = openAccount("internal");
    for (int i = 0; i < count; i++) {
      String account = openAccount("current");
      accounts.add(account);
      expect("/api/v1/transfers",
          Map.of("debit", vault, "credit", account, "amount", amount, "asset", "EUR"));
    }
    return List.copyOf(accounts);
  }

  private String openAccount(String product) {
    return expect("/api/v1/accounts", Map.of("asset", "EUR", "owner", "Fault", "product", product)).path("id").asText();
  }

  private JsonNode expect(String path, Map<String, String> body) {
    String last = "";
    for (int i = 0; i < OPENING_ATTEMPTS; i++) {
      try {
        HttpResponse<String> answer = send(path, body);
        last = answer.body();
        if (answer.statusCode() == 201) {
          return JSON.readTree(last);
        }
      } catch (IOException e) {
        last = e.toString();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS));
    }
    throw new IllegalStateException(path + " answers " + last);
  }

  @Override
  public Reply post(UUID id, Wish wish) {
    try {
      HttpResponse<String> answer = send("/api/v1/transfers",
          Map.of("id", id.toString(), "debit", accounts.get(wish.debit()), "credit", accounts.get(wish.credit()),
              "amount", wish.cents() / 100 + "." + wish.cents() / 10 % 10 + wish.cents() % 10, "asset", "EUR",
              "reference", wish.number()));
      return reply(answer);
    } catch (IOException e) {
      return Reply.SILENCE;
    }
  }

  /** Asks one address for a balance. Answers status, whether a time to come back was told, and the problem's text. */
  String balanceAt(URI address) {
    try {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(address.resolve("/api/v1/accounts/" + accounts.get(0)))
          .timeout(PATIENCE).header("Authorization", "Bearer " + token(address)).build());
      return answer.statusCode() + (answer.headers().firstValue("Retry-After").isPresent() ? " later " : " ")
          + answer.body();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What was said that a client can do nothing with. */
  Set<String> unclear() {
    return unclear;
  }

  private Reply reply(HttpResponse<String> answer) throws JsonProcessingException {
    return switch (answer.statusCode()) {
      case 200, 201 -> Reply.POSTED;
      case 422 -> Reply.REFUSED;
      case 401 -> {
        token = "";
        yield Reply.LATER;
      }
      case 429, 503 -> {
        if (!isOfTheBank(answer)) {
          yield Reply.SILENCE;
        }
        boolean clear = answer.headers().firstValue("Retry-After").isPresent() && hasCode(answer);
        yield clear ? Reply.LATER : unclear(answer);
      }
      default -> isOfTheBank(answer) ? unclear(answer) : Reply.SILENCE;
    };
  }

  /** A server that stops or has not deployed the bank yet shuts the door before the bank can say anything. */
  private static boolean isOfTheBank(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("").contains("json");
  }

  private static boolean hasCode(HttpResponse<String> answer) throws JsonProcessingException {
    return answer.headers().firstValue("Content-Type").orElse("").contains("problem+json")
        && !JSON.readTree(answer.body()).path("code").asText().isEmpty();
  }

  private Reply unclear(HttpResponse<String> answer) {
    unclear.add(answer.statusCode() + " " + answer.headers().map().keySet() + " " + answer.body());
    return Reply.UNCLEAR;
  }

  private HttpResponse<String> send(String path, Map<String, String> body) throws IOException {
    URI address = addresses.get(current);
    return send(HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE)
        .header("Authorization", "Bearer " + token(address)).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))).build());
  }

  private String token(URI address) throws IOException {
    String known = token;
    if (known.isEmpty()) {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(address.resolve("/oauth2/token")).timeout(PATIENCE)
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=demo-operator&client_secret=demo"))
          .build());
      known = JSON.readTree(answer.body()).path("access_token").asText();
      token = known;
    }
    return known;
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
