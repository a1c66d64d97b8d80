package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Customers of one test who pay each other and other banks for a day, and the end of that day. Everything goes over the
 * public API; the customers' balances are followed in the simplest way there is.
 */
final class BankDay {

  static final String OTHER_BANK = "COBADEFF";
  static final String FRENCH_BANK = "BNPAFRPP";
  private static final String GERMAN_IBAN = "DE89370400440532013000";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RunningBank bank;
  private final String name;
  private final Random random;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, BigDecimal> balances = new TreeMap<>();

  /** @param name of the test, a prefix of its customers' aliases */
  BankDay(RunningBank bank, String name, long seed) {
    this.bank = bank;
    this.name = name;
    this.random = new Random(seed);
  }

  /** Opens customers with 1,000.00 EUR each. */
  void openCustomers(int count) {
    post("operator", "/api/v1/accounts", account(name + ".source", "internal"), 201);
    List<ObjectNode> funding = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String alias = name + "." + i;
      post("teller", "/api/v1/accounts", account(alias, "current"), 201);
      funding.add(transfer(name + ".source", alias, "1000.00"));
      balances.put(alias, new BigDecimal("1000.00"));
    }
    postAll(funding);
  }

  /**
   * Each customer pays the next one; some pay other banks, one is paid by another bank, and two other banks owe each
   * other.
   */
  void payAround() {
    List<String> customers = List.copyOf(balances.keySet());
    List<ObjectNode> transfers = new ArrayList<>();
    for (int i = 0; i < customers.size(); i++) {
      BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(500), 2);
      String payee = customers.get((i + 1) % customers.size());
      transfers.add(transfer(customers.get(i), payee, amount.toPlainString()));
      move(customers.get(i), amount.negate());
      move(payee, amount);
    }
    postAll(transfers);
    for (int i = 0; i < 5; i++) {
      payOut(customers.get(i), i % 2 == 0 ? OTHER_BANK : FRENCH_BANK, BigDecimal.valueOf(100 + random.nextInt(900), 2));
    }
    payIn(customers.get(0), OTHER_BANK, BigDecimal.valueOf(100 + random.nextInt(400), 2));
    ObjectNode owed = json.createObjectNode().put("payer", FRENCH_BANK).put("payee", OTHER_BANK).put("asset", "EUR")
        .put("amount", BigDecimal.valueOf(1 + random.nextInt(10_000), 2).toPlainString());
    post("operator", "/api/v1/settlement/obligations", json.createArrayNode().add(owed), 201);
  }

  private void payOut(String customer, String toBank, BigDecimal amount) {
    post("teller", "/api/v1/payments", json.createObjectNode().put("debtor", customer).put("creditor", GERMAN_IBAN)
        .put("creditorAgent", toBank).put("creditorName", "Somebody Else").put("asset", "EUR")
        .put("amount", amount.toPlainString()), 201);
    move(customer, amount.negate());
  }

  private void payIn(String customer, String fromBank, BigDecimal amount) {
    post("teller", "/api/v1/payments", json.createObjectNode().put("debtor", GERMAN_IBAN).put("debtorAgent", fromBank)
        .put("debtorName", "Somebody Else").put("creditor", customer).put("asset", "EUR")
        .put("amount", amount.toPlainString()), 201);
    move(customer, amount);
  }

  private void move(String customer, BigDecimal amount) {
    balances.merge(customer, amount, BigDecimal::add);
  }

  /** Asserts that each customer has what the simple model says. */
  void assertBalances() {
    balances.forEach((customer, expected) -> assertEquals(expected, balanceOf(customer), customer));
  }

  List<String> customers() {
    return List.copyOf(balances.keySet());
  }

  /** Zero if there is no such account. */
  BigDecimal balanceOf(String ref) {
    HttpResponse<String> response = bank.send(bank.request("auditor", "/api/v1/accounts/" + ref).build());
    return response.statusCode() == 404
        ? new BigDecimal("0.00")
        : new BigDecimal(parse(response, 200).path("booked").asText());
  }

  String oldestOpenDate() {
    return get("/api/v1/business-date").path("open").get(0).asText();
  }

  /** The day's cycle in euro. */
  JsonNode cycle(String date) {
    for (JsonNode cycle : get("/api/v1/settlement/cycles?businessDate=" + date).path("items")) {
      if (cycle.path("asset").asText().equals("EUR")) {
        return cycle;
      }
    }
    throw new AssertionError("no EUR cycle on " + date);
  }

  static BigDecimal netOf(JsonNode cycle, String bic) {
    for (JsonNode position : cycle.path("positions")) {
      if (position.path("bank").asText().equals(bic)) {
        return new BigDecimal(position.path("net").asText());
      }
    }
    return new BigDecimal("0.00");
  }

  HttpResponse<String> start(String role, String job, String body) {
    return bank.send(bank.request(role, "/api/v1/jobs/" + job).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body)).build());
  }

  JsonNode start(String date) {
    return parse(start("operator", "end-of-day", "{\"businessDate\":\"" + date + "\"}"), 202);
  }

  JsonNode act(long execution, String verb) {
    return parse(bank.send(bank.request("operator", "/api/v1/jobs/executions/" + execution + "/" + verb)
        .POST(BodyPublishers.noBody()).build()), 202);
  }

  JsonNode execution(long id) {
    return get("/api/v1/jobs/executions/" + id);
  }

  /** Asks until the execution is as wanted, or has ended. */
  JsonNode await(long execution, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode now = execution(execution);
    while (!wanted.test(now) && !ended(now)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not as wanted in time: " + now);
      }
      now = execution(execution);
    }
    return now;
  }

  static boolean ended(JsonNode execution) {
    return List.of("completed", "failed", "stopped").contains(execution.path("status").asText());
  }

  /** The documents of a day on disk, by path, those that are finished. */
  static Map<String, String> filesOf(String date) {
    Path folder = RunFolder.of("http").resolve("files").resolve(date);
    Map<String, String> contents = new TreeMap<>();
    if (!Files.exists(folder)) {
      return contents;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".xml")).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    } catch (NoSuchFileException writtenMeanwhile) {
      return filesOf(date);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  JsonNode get(String path) {
    return parse(bank.send(bank.request("auditor", path).header("Accept", "application/json").build()), 200);
  }

  HttpResponse<String> statement(String customer, String date, String type) {
    return bank
        .send(bank.request("auditor", "/api/v1/accounts/" + customer + "/statements/" + date).header("Accept", type)
            .build());
  }

  private void postAll(List<ObjectNode> transfers) {
    JsonNode results = post("teller", "/api/v1/transfers/batch", json.createArrayNode().addAll(transfers), 200);
    results.forEach(result -> assertEquals("posted", result.path("status").asText(), result::toString));
  }

  private JsonNode post(String role, String path, JsonNode body, int expected) {
    HttpRequest request = bank.request(role, path).header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.ofString(body.toString())).build();
    return parse(bank.send(request), expected);
  }

  private JsonNode parse(HttpResponse<String> response, int expected) {
    assertEquals(expected, response.statusCode(), () -> response.uri() + ": " + response.body());
    try {
      return json.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + response.body(), e);
    }
  }

  private ObjectNode account(String alias, String product) {
    return json.createObjectNode().put("asset", "EUR").put("owner", alias).put("product", product).put("alias", alias);
  }

  private ObjectNode transfer(String debit, String credit, String amount) {
    return json.createObjectNode().put("debit", debit).put("credit", credit).put("amount", amount).put("asset", "EUR");
  }
}
