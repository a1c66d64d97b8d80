package ai.qenex.benchmark;

import ai.qenex.kernel.UuidV7;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Customers of a running bank, and requests that move their money. */
final class BankLoad {

  static final String JSON_TYPE = "application/json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FUNDS = "1000000.00";
  private static final String BATCH = "/api/v1/transfers/batch";

  private final URI base;
  private final String token;
  private final List<Customer> customers = new ArrayList<>();

  /** An account that a transfer or a payment file can name. */
  record Customer(String id, String iban) {}

  private BankLoad(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** Opens and funds accounts. */
  static BankLoad prepare(URI base, int accounts) throws IOException {
    var load = new BankLoad(base, token(base, "demo-operator"));
    var random = new SplittableRandom();
    try (HttpLane lane = load.lane()) {
      Customer vault = open(lane, "internal");
      var funding = new ArrayList<String>();
      for (int i = 0; i < accounts; i++) {
        Customer customer = open(lane, "current");
        load.customers.add(customer);
        funding.add(transfer(random, vault.id, customer.id, FUNDS));
      }
      lane.post(BATCH, JSON_TYPE, array(funding)).expected();
    }
    return load;
  }

  private static String token(URI base, String client) throws IOException {
    try (HttpLane lane = new HttpLane(base, "")) {
      String form = "grant_type=client_credentials&client_id=" + URLEncoder.encode(client, StandardCharsets.UTF_8)
          + "&client_secret=demo";
      HttpLane.Answer answer = lane.post("/oauth2/token", "application/x-www-form-urlencoded",
          form.getBytes(StandardCharsets.UTF_8)).expected();
      return JSON.readTree(answer.body()).get("access_token").textValue();
    }
  }

  private static Customer open(HttpLane lane, String product) throws IOException {
    byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode().put("asset", "EUR").put("owner", "Benchmark")
        .put("product", product));
    JsonNode account = JSON.readTree(lane.post("/api/v1/accounts", JSON_TYPE, body).expected().body());
    return new Customer(account.get("id").textValue(), account.path("iban").asText(""));
  }

  HttpLane lane() throws IOException {
    return new HttpLane(base, token);
  }

  URI base() {
    return base;
  }

  String token() {
    return token;
  }

  /** A new account; answers its id. */
  String open(String product) throws IOException {
    try (HttpLane lane = lane()) {
      return open(lane, product).id;
    }
  }

  /** What is booked on an account. */
  String booked(String id) throws IOException {
    try (HttpLane lane = lane()) {
      return JSON.readTree(lane.get("/api/v1/accounts/" + id).expected().body()).get("booked").textValue();
    }
  }

  List<Customer> customers() {
    return customers;
  }

  /** Batches of transfers on a connection of its own. */
  Stretch.Lane batches(int atOnce) throws IOException {
    var random = new SplittableRandom();
    HttpLane lane = lane();
    return lane(lane, () -> {
      var transfers = new ArrayList<String>(atOnce);
      for (int i = 0; i < atOnce; i++) {
        transfers.add(random(random));
      }
      String answer = lane.post(BATCH, JSON_TYPE, array(transfers)).expected().text();
      if (answer.contains("\"refused\"")) {
        throw new IllegalStateException(
            "a transfer was refused: " + answer.substring(0, Math.min(500, answer.length())));
      }
      return atOnce;
    });
  }

  /** As {@link #batches}, all of them transfers of the first customer with others. */
  Stretch.Lane hotBatches(int atOnce) throws IOException {
    var random = new SplittableRandom();
    HttpLane lane = lane();
    return lane(lane, () -> {
      var transfers = new ArrayList<String>(atOnce);
      for (int i = 0; i < atOnce; i++) {
        String other = customers.get(1 + random.nextInt(customers.size() - 1)).id;
        String hot = customers.get(0).id;
        transfers.add(transfer(random, i % 2 == 0 ? hot : other, i % 2 == 0 ? other : hot, "1.00"));
      }
      lane.post(BATCH, JSON_TYPE, array(transfers)).expected();
      return atOnce;
    });
  }

  /** Single transfers on a connection of its own. */
  Stretch.Lane singles() throws IOException {
    var random = new SplittableRandom();
    HttpLane lane = lane();
    return lane(lane, () -> {
      lane.post("/api/v1/transfers", JSON_TYPE, random(random).getBytes(StandardCharsets.US_ASCII)).expected();
      return 1;
    });
  }

  /** As {@link #singles()}, but a refusal is an answer too. */
  Stretch.Lane singles(OverloadBenchmark.Tally tally) throws IOException {
    var random = new SplittableRandom();
    HttpLane lane = lane();
    return lane(lane, () -> {
      byte[] transfer = random(random).getBytes(StandardCharsets.US_ASCII);
      long sent = System.nanoTime();
      int status = lane.post("/api/v1/transfers", JSON_TYPE, transfer).status();
      tally.add(status, System.nanoTime() - sent);
      return 1;
    });
  }

  /** The same requests to where nothing is done with them. */
  Stretch.Lane nothing() throws IOException {
    var random = new SplittableRandom();
    HttpLane lane = lane();
    return lane(lane, () -> {
      lane.post("/api/v1/diagnostics/nothing", JSON_TYPE, random(random).getBytes(StandardCharsets.US_ASCII))
          .expected();
      return 1;
    });
  }

  /** Requests to where anybody may ask whether the bank lives. */
  Stretch.Lane alive(boolean withToken) throws IOException {
    HttpLane lane = withToken ? lane() : new HttpLane(base, "");
    return lane(lane, () -> {
      lane.get("/health/live").expected();
      return 1;
    });
  }

  private interface Work {
    int once() throws IOException;
  }

  private static Stretch.Lane lane(HttpLane connection, Work work) {
    return new Stretch.Lane() {
      @Override
      public int work() throws IOException {
        return work.once();
      }

      @Override
      public void close() throws IOException {
        connection.close();
      }
    };
  }

  private String random(SplittableRandom random) {
    int debit = random.nextInt(customers.size());
    int credit = random.nextInt(customers.size() - 1);
    int cents = 1 + random.nextInt(999);
    return transfer(random, customers.get(debit).id, customers.get(credit < debit ? credit : credit + 1).id,
        cents / 100 + "." + cents / 10 % 10 + cents % 10);
  }

  private static String transfer(SplittableRandom random, String debit, String credit, String amount) {
    UUID id = UuidV7.of(System.currentTimeMillis(), random.nextLong(), random.nextLong());
    return "{\"id\":\"" + id + "\",\"debit\":\"" + debit + "\",\"credit\":\"" + credit + "\",\"amount\":\"" + amount
        + "\",\"asset\":\"EUR\"}";
  }

  private static byte[] array(List<String> items) {
    return ("[" + String.join(",", items) + "]").getBytes(StandardCharsets.US_ASCII);
  }
}
