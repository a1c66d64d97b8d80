package ai.qenex.benchmark.faults;

import ai.qenex.launcher.BankServer;
import ai.qenex.launcher.EmbeddedDatabase;
import ai.qenex.launcher.LaunchSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Real servers with the EAR, side by side on one real database. */
final class Nodes implements AutoCloseable {

  private static final Duration STARTUP = Duration.ofMinutes(5);

  private final EmbeddedDatabase database;
  private final List<LaunchSettings> settings = new ArrayList<>();
  private final List<BankServer> servers = new ArrayList<>();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private Nodes(EmbeddedDatabase database) {
    this.database = database;
  }

  /**
   * Starts that many, the first of which leads.
   *
   * @param work a folder that is not there yet
   * @param distribution the configured server
   */
  static Nodes start(Path work, int count, Path distribution, Path ear) {
    List<Integer> ports = freePorts(1 + 3 * count);
    var nodes = new Nodes(EmbeddedDatabase.startAlone(work.resolve("database"), ports.get(0)));
    for (int i = 0; i < count; i++) {
      var own = new LaunchSettings.Ports(ports.get(1 + 3 * i), ports.get(2 + 3 * i), ports.get(3 + 3 * i),
          ports.get(0));
      nodes.settings.add(new LaunchSettings(work.resolve("node" + (i + 1)), own, false, "512m", distribution, ear));
      nodes.servers.add(BankServer.startNode(nodes.settings.get(i), nodes.name(i)));
      nodes.awaitUp(i);
    }
    return nodes;
  }

  static List<Integer> freePorts(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("this machine has no free port", e);
    }
  }

  private String name(int node) {
    return "node" + (node + 1);
  }

  private void awaitUp(int node) {
    if (node == 0 && servers.size() == 1) {
      servers.get(node).awaitReady(url(node));
    } else {
      servers.get(node).awaitLive(url(node));
    }
  }

  String jdbcUrl() {
    return database.jdbcUrl();
  }

  EmbeddedDatabase database() {
    return database;
  }

  List<URI> urls() {
    return settings.stream().map(LaunchSettings::baseUrl).toList();
  }

  URI url(int node) {
    return settings.get(node).baseUrl();
  }

  /** The node that says it is ready; waits for one. */
  int leader() {
    long deadline = System.nanoTime() + STARTUP.toNanos();
    while (System.nanoTime() < deadline) {
      OptionalInt leader = ready();
      if (leader.isPresent()) {
        return leader.getAsInt();
      }
    }
    throw new IllegalStateException("no node gets ready");
  }

  private OptionalInt ready() {
    for (int i = 0; i < settings.size(); i++) {
      if (status(i, "/health/ready") == 200) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The status a node answers; 0 if it does not. */
  int status(int node, String path) {
    try {
      return client.send(HttpRequest.newBuilder(url(node).resolve(path)).timeout(Duration.ofSeconds(2)).build(),
          BodyHandlers.discarding()).statusCode();
    } catch (IOException gone) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Ends a node on the spot. */
  void kill(int node) {
    servers.get(node).kill();
  }

  /** Stops a node in good order. */
  void stop(int node) {
    servers.get(node).stop();
  }

  /** Starts it again and waits until it is up. */
  void restart(int node) {
    servers.set(node, BankServer.startNode(settings.get(node), name(node)));
    servers.get(node).awaitLive(url(node));
  }

  /** Stops the process without ending it: it holds everything and does nothing. */
  void freeze(int node) {
    signal("STOP", servers.get(node).pid());
  }

  void thaw(int node) {
    signal("CONT", servers.get(node).pid());
  }

  static void signal(String name, long pid) {
    try {
      int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("process " + pid + " takes no signal " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no signal can be sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    servers.forEach(BankServer::stop);
    database.close();
  }
}
