package ai.qenex.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A bank that says yes to everything and remembers what it was asked: as much of the public API as the player uses. */
final class FakeBank implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, ObjectNode> accounts = new ConcurrentHashMap<>();
  private final Set<String> transfers = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new ArrayList<>();
  private final AtomicInteger busyAnswers = new AtomicInteger();
  private String faultAt = "";
  private boolean ended;

  FakeBank() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Method and path of everything that was asked so far. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** How many different transfers were posted. */
  int posted() {
    return transfers.size();
  }

  /** Answers the next requests with 503. */
  void beBusy(int times) {
    busyAnswers.set(times);
  }

  /** Answers every request of the path with 500. */
  void breakAt(String path) {
    faultAt = path;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String call = exchange.getRequestMethod() + " " + path;
    synchronized (this) {
      asked.add(call);
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (busyAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.getResponseHeaders().set("Retry-After", "0");
      send(exchange, 503, "{\"code\":\"OVERLOADED\"}");
    } else if (path.equals(faultAt)) {
      send(exchange, 500, "{\"code\":\"STORAGE_FAILED\"}");
    } else if (path.startsWith("/api/v1/accounts")) {
      account(exchange, path, body);
    } else if (path.startsWith("/api/v1/transfers")) {
      transfer(exchange, path, body);
    } else {
      other(exchange, call);
    }
  }

  private void account(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (path.equals("/api/v1/accounts")) {
      ObjectNode account = (ObjectNode) JSON.readTree(body);
      String alias = account.path("alias").asText();
      account.put("id", UUID.nameUUIDFromBytes(alias.getBytes(StandardCharsets.UTF_8)).toString()).put("status",
          "open");
      account.put("iban", Xml.ibanOf(alias));
      accounts.put(alias, account);
      send(exchange, 201, account.toString());
      return;
    }
    String[] parts = path.split("/");
    ObjectNode account = accounts.get(parts[4]);
    if (account != null && parts.length > 5) {
      account.put("status", parts[5].equals("freeze") ? "frozen" : "closed");
    }
    send(exchange, account == null ? 404 : 200, account == null ? "{}" : account.toString());
  }

  private void transfer(HttpExchange exchange, String path, byte[] body) throws IOException {
    if (path.equals("/api/v1/transfers/batch")) {
      ArrayNode results = JSON.createArrayNode();
      for (JsonNode order : JSON.readTree(body)) {
        transfers.add(order.path("id").asText());
        results.addObject().put("id", order.path("id").asText()).put("status", "posted");
      }
      send(exchange, 200, results.toString());
    } else if (path.equals("/api/v1/transfers")) {
      transfers.add(JSON.readTree(body).path("id").asText());
      send(exchange, 201, "{}");
    } else {
      boolean known = transfers.contains(path.substring(path.lastIndexOf('/') + 1));
      send(exchange, known ? 200 : 404, known ? "{\"businessDate\":\"2026-01-05\"}" : "{}");
    }
  }

  private void other(HttpExchange exchange, String call) throws IOException {
    switch (call) {
      case "POST /oauth2/token" -> send(exchange, 200, "{\"access_token\":\"t\",\"expires_in\":600}");
      case "GET /api/v1/business-date" -> send(exchange, 200,
          ended ? "{\"current\":\"2026-01-06\",\"open\":[\"2026-01-06\"]}"
              : "{\"current\":\"2026-01-05\",\"open\":[\"2026-01-05\"]}");
      case "POST /api/v1/payment-files" -> send(exchange, 202, "{\"id\":\"f\"}");
      case "GET /api/v1/payment-files/f" -> send(exchange, 200, "{\"status\":\"finished\"}");
      case "GET /api/v1/payment-files/f/status-report" -> send(exchange, 200, "<Document/>");
      case "POST /api/v1/payments" -> send(exchange, 201, "{\"status\":\"booked\"}");
      case "POST /api/v1/settlement/obligations" -> send(exchange, 201, "{}");
      case "GET /api/v1/settlement/cycles" -> send(exchange, 200, "{\"items\":[]}");
      case "POST /api/v1/jobs/end-of-day" -> {
        ended = true;
        send(exchange, 202, "{\"id\":1,\"status\":\"completed\"}");
      }
      case "GET /api/v1/jobs/end-of-day/executions" -> send(exchange, 200, "{\"items\":[{\"parameters\":"
          + "{\"businessDate\":\"2026-01-05\"},\"steps\":[{\"name\":\"statements\",\"done\":7}]}]}");
      case "GET /api/v1/ledger/check" -> send(exchange, 200, "{\"passed\":true,\"sums\":[],\"entries\":9}");
      default -> send(exchange, 404, "{}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
