package ai.qenex.benchmark.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** An {@link EngineServer} that can be killed and started again, and clients' way to it. */
final class EngineProcess implements Bank, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private final String jdbcUrl;
  private final List<Long> accounts;
  private final File log;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private Process process;
  private int starts;

  EngineProcess(int port, String jdbcUrl, List<Long> accounts, Path log) {
    this.port = port;
    this.jdbcUrl = jdbcUrl;
    this.accounts = accounts;
    this.log = log.toFile();
  }

  void start() {
    String numbers = accounts.stream().map(String::valueOf).collect(Collectors.joining(","));
    try {
      process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath(), EngineServer.class.getName(),
          Integer.toString(port), jdbcUrl, "engine" + ++starts, numbers).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
    } catch (IOException e) {
      throw new UncheckedIOException("the engine's process does not start", e);
    }
  }

  /** Under a test runner the class path is in another property. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public Reply post(UUID id, Wish wish) {
    try {
      String word = client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).timeout(PATIENCE)
          .POST(BodyPublishers.ofString(EngineServer.line(id, wish))).build(), BodyHandlers.ofString()).body();
      return word.isEmpty() ? Reply.SILENCE : Reply.valueOf(word);
    } catch (IOException gone) {
      return Reply.SILENCE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.SILENCE;
    }
  }

  @Override
  public void close() {
    kill();
  }
}
