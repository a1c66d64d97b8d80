package ai.qenex.benchmark.faults;

import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerSettings;
import ai.qenex.ledger.service.Node;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The engine in a process of its own, so that it can be killed a hundred times without a server's long start: a wish
 * comes as one line, its reply goes as one word.
 */
public final class EngineServer {

  private static final int THREADS = 32;
  private static final Duration LEASE = Duration.ofSeconds(1);

  private EngineServer() {}

  /** @param arguments port, JDBC URL, node, account numbers separated by commas */
  public static void main(String[] arguments) throws IOException {
    var database = new PGSimpleDataSource();
    database.setUrl(arguments[1]);
    var engine = new LedgerEngine(database, LedgerSettings.defaults(), new Node(arguments[2], LEASE),
        Clock.systemUTC());
    engine.start(Thread::new);
    List<Long> accounts = Arrays.stream(arguments[3].split(",")).map(Long::valueOf).toList();
    var bank = new EngineBank(() -> engine, accounts);
    HttpServer server = HttpServer.create(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    server.createContext("/", exchange -> answer(exchange, bank));
    server.start();
  }

  private static void answer(HttpExchange exchange, Bank bank) throws IOException {
    String[] line = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split(" ");
    var wish = new Wish(line[1], Integer.parseInt(line[2]), Integer.parseInt(line[3]), Long.parseLong(line[4]));
    byte[] reply = bank.post(UUID.fromString(line[0]), wish).name().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  /** One line of a request. */
  static String line(UUID id, Wish wish) {
    return id + " " + wish.number() + " " + wish.debit() + " " + wish.credit() + " " + wish.cents();
  }
}
