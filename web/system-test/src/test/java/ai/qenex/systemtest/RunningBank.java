package ai.qenex.systemtest;

import ai.qenex.launcher.LaunchSettings;
import ai.qenex.launcher.LocalBank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bank that all HTTP tests of a run share: real PostgreSQL, real server, the EAR as it is shipped, an empty bank at
 * first. Tests make their own accounts and do not rely on being alone. It is killed and restarted by some: a test of
 * that kind holds {@code @Isolated}.
 */
public final class RunningBank implements AutoCloseable {

  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
  private static RunningBank started;

  private final LocalBank bank;
  private final LaunchSettings settings;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  private RunningBank(LocalBank bank, LaunchSettings settings) {
    this.bank = bank;
    this.settings = settings;
  }

  /** The bank of this run, started if this is the first test to ask. */
  public static synchronized RunningBank get() {
    if (started == null) {
      started = start("http", "1g", Map.of());
    }
    return started;
  }

  /** Another bank, for tests that break it or need other properties; the caller closes it. */
  static RunningBank ownWith(Map<String, String> properties) {
    return start("own", "512m", properties);
  }

  private static RunningBank start(String folder, String heap, Map<String, String> properties) {
    List<Integer> ports = FreePorts.draw(4);
    LaunchSettings settings = new LaunchSettings(RunFolder.fresh(folder),
        new LaunchSettings.Ports(ports.get(0), ports.get(1), ports.get(2), ports.get(3)), false, heap,
        Path.of(System.getProperty("qenex.server.home")).toAbsolutePath().normalize(),
        Path.of(System.getProperty("qenex.ear")).toAbsolutePath().normalize());
    return new RunningBank(LocalBank.start(settings, properties, step -> {
      // a test run has its own report
    }), settings);
  }

  static synchronized void stop() {
    if (started != null) {
      started.close();
      started = null;
    }
  }

  @Override
  public void close() {
    bank.close();
  }

  /** Without a slash at the end. */
  public URI baseUrl() {
    return bank.baseUrl();
  }

  /** The address of a path such as {@code /api/v1/accounts}. */
  public URI at(String path) {
    return bank.baseUrl().resolve(path);
  }

  /** Where it answers HTTPS. */
  int httpsPort() {
    return settings.ports().https();
  }

  /** The key store that the server made for HTTPS at its first start. */
  Path keyStore() {
    return settings.data().resolve("server").resolve("configuration").resolve("application.keystore");
  }

  /** An access token of the demo client with that role: teller, operator, approver or auditor. */
  public String token(String role) {
    return tokens.computeIfAbsent(role, this::fetchToken);
  }

  private String fetchToken(String role) {
    HttpRequest request = HttpRequest.newBuilder(at("/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded").timeout(Duration.ofSeconds(30))
        .POST(HttpRequest.BodyPublishers
            .ofString("grant_type=client_credentials&client_id=demo-" + role + "&client_secret=demo"))
        .build();
    HttpResponse<String> response = send(request);
    Matcher token = ACCESS_TOKEN.matcher(response.body());
    if (response.statusCode() != 200 || !token.find()) {
      throw new AssertionError("No token for " + role + ": " + response.statusCode() + " " + response.body());
    }
    return token.group(1);
  }

  /** A request as that role, to be completed by method and body. */
  public HttpRequest.Builder request(String role, String path) {
    return bearing(token(role), path);
  }

  /** A request with that token, to be completed by method and body. */
  public HttpRequest.Builder bearing(String token, String path) {
    return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(60)).header("Authorization",
        "Bearer " + token);
  }

  /** Sends and reads the body as UTF-8 text. */
  public HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** For checks that the API does not offer, and only for reading. */
  public String jdbcUrl() {
    return bank.database().jdbcUrl();
  }

  /** Where the bank keeps everything, its logs included. */
  public Path dataFolder() {
    return bank.settings().data();
  }

  /** Ends the server on the spot, as a power cut would; the database stays up. Then {@link #restartServer()}. */
  public void kill9Server() {
    bank.server().kill();
  }

  /** Starts the server again and waits until it takes requests. */
  public void restartServer() {
    bank.restartServer();
  }
}
