package ai.qenex.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The application server with the bank in it, as a child process that is one JVM and nothing else, so that its pid is
 * the server's.
 */
public final class BankServer {

  private static final Duration STARTUP = Duration.ofMinutes(5);
  private static final int POLL_MILLIS = 100;
  private static final int STOP_SECONDS = 30;
  /** What the server's own start script opens; without it transactions, EJB and naming fail on Java 17 and newer. */
  private static final List<String> MODULE_OPTIONS = List.of("--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
      "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
      "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
      "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
      "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
      "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
      "--add-opens=java.base/java.net=ALL-UNNAMED", "--add-opens=java.base/java.security=ALL-UNNAMED",
      "--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
      "--add-opens=java.management/javax.management=ALL-UNNAMED", "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

  /** The folders of nodes that this process started. */
  private static final Map<Path, DataFolder> HELD = new ConcurrentHashMap<>();

  private final Process process;
  private final ProcessNote note;
  private final DataFolder folder;

  private BankServer(Process process, ProcessNote note, DataFolder folder) {
    this.process = process;
    this.note = note;
    this.folder = folder;
  }

  /**
   * Starts one of several servers on a database that is up at the port of the settings. Its folder stays taken until
   * this process ends, and what an earlier one left running there is ended.
   *
   * @param node the server's name among them
   */
  public static BankServer startNode(LaunchSettings settings, String node) {
    DataFolder folder = HELD.computeIfAbsent(settings.data(), DataFolder::lock);
    stopLeftover(folder.note("server"));
    return start(folder, settings, List.of("-Dqenex.node=" + node));
  }

  /** Starts the process; see {@link #awaitReady(URI)}. */
  static BankServer start(DataFolder folder, LaunchSettings settings, Map<String, String> properties) {
    return start(folder, settings,
        properties.entrySet().stream().map(one -> "-D" + one.getKey() + "=" + one.getValue()).sorted().toList());
  }

  private static BankServer start(DataFolder folder, LaunchSettings settings, List<String> more) {
    Path console = folder.log().resolve("server-console.log");
    try {
      ServerBase.prepare(folder.server(), settings);
      List<String> command = command(folder, settings);
      command.addAll(more);
      Process process = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(console.toFile()).start();
      ProcessNote note = folder.note("server");
      note.write(process.toHandle());
      return new BankServer(process, note, folder);
    } catch (IOException e) {
      throw new LaunchRefusedException("The server does not start: " + e.getMessage(), e);
    }
  }

  private static List<String> command(DataFolder folder, LaunchSettings settings) {
    Path server = settings.server();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-D[Standalone]");
    // all of it from the start: a heap that grows only as it must is marked all the time and collected too often
    command.add("-Xms" + settings.heap());
    command.add("-Xmx" + settings.heap());
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(MODULE_OPTIONS);
    if (Runtime.version().feature() < 24) {
      command.add("-Djava.security.manager=allow");
    }
    command.add("-Djava.net.preferIPv4Stack=true");
    command.add("-Djava.awt.headless=true");
    command.add("-Dorg.jboss.boot.log.file=" + folder.log().resolve("server.log"));
    command.add(
        "-Dlogging.configuration=" + folder.server().resolve("configuration").resolve("logging.properties").toUri());
    command.addAll(
        List.of("-jar", server.resolve("jboss-modules.jar").toString(), "-mp", server.resolve("modules").toString(),
            "org.jboss.as.standalone", "-Djboss.home.dir=" + server, "-Djboss.server.base.dir=" + folder.server(),
            "-Djboss.server.log.dir=" + folder.log(), "--read-only-server-config=" + ServerBase.CONFIGURATION));
    if (System.getProperty("qenex.files", "").isBlank()) {
      command.add("-Dqenex.files=" + folder.files());
    }
    if (System.getProperty("qenex.seal.key-folder", "").isBlank()) {
      command.add("-Dqenex.seal.key-folder=" + folder.keys());
    }
    if (System.getProperty("qenex.keys.folder", "").isBlank()) {
      command.add("-Dqenex.keys.folder=" + folder.keys());
    }
    if (System.getProperty("qenex.audit.folder", "").isBlank()) {
      command.add("-Dqenex.audit.folder=" + folder.audit());
    }
    settings.ports().byProperty().forEach((property, port) -> command.add("-D" + property + "=" + port));
    System.getProperties().stringPropertyNames().stream().filter(BankServer::isForTheBank).sorted()
        .forEach(property -> command.add("-D" + property + "=" + System.getProperty(property)));
    return command;
  }

  /** The bank's own configuration that was given to the launcher goes on to the server; the launcher's own does not. */
  private static boolean isForTheBank(String property) {
    boolean ours = property.startsWith("qenex.") || property.startsWith("mp.jwt.");
    return ours && !System.getProperty(property).isBlank() && !property.endsWith(".port")
        && !List.of("qenex.data", "qenex.demo", "qenex.ear", "qenex.server.home", "qenex.server.heap")
            .contains(property);
  }

  /** Waits until the bank takes requests. @throws LaunchRefusedException with the reason if it will not */
  public void awaitReady(URI baseUrl) {
    await(baseUrl.resolve("/health/ready"));
  }

  /** Waits until the server has come up, as the leader or a standby. */
  public void awaitLive(URI baseUrl) {
    await(baseUrl.resolve("/health/live"));
  }

  private void await(URI health) {
    long deadline = System.nanoTime() + STARTUP.toNanos();
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    HttpRequest ready = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
    try {
      while (!answersOk(client, ready)) {
        refuseIfHopeless(System.nanoTime() > deadline);
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new LaunchRefusedException(
              "The server ended while it started (exit code " + process.exitValue() + "), see " + log());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchRefusedException("Interrupted while the server started", e);
    }
  }

  private void refuseIfHopeless(boolean late) {
    String failure = ServerBase.deploymentFailure(folder.server());
    if (!failure.isEmpty()) {
      throw new LaunchRefusedException("The bank does not deploy: " + failure + " (see " + log() + ")");
    }
    if (late) {
      throw new LaunchRefusedException("The bank was not ready after " + STARTUP.toSeconds() + " s, see " + log());
    }
  }

  private static boolean answersOk(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private Path log() {
    return folder.log().resolve("server.log");
  }

  public long pid() {
    return process.pid();
  }

  /** Waits until the server ended by itself or was stopped. */
  public int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /** Stops in good order: requests under way are answered, then the process ends; forcibly if it does not. */
  public void stop() {
    stop(process.toHandle());
    note.erase();
  }

  /** Ends the process on the spot, as a power cut would ({@code kill -9}). */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
    note.erase();
  }

  /** Ends what an earlier launcher left running. */
  static void stopLeftover(ProcessNote note) {
    note.running().ifPresent(BankServer::stop);
    note.erase();
  }

  private static void stop(ProcessHandle server) {
    server.destroy();
    server.onExit().completeOnTimeout(server, STOP_SECONDS, TimeUnit.SECONDS).join();
    if (server.isAlive()) {
      server.destroyForcibly();
      server.onExit().join();
    }
  }
}
