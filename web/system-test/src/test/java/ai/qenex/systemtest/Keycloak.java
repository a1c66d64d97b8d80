package ai.qenex.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Keycloak of its own, with the realm {@code bank} of {@code keycloak/bank-realm.json}. */
final class Keycloak implements AutoCloseable {

  private static final Duration STARTUP = Duration.ofMinutes(6);
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final Process process;

  private Keycloak(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** @param folder to write into */
  static Keycloak start(Path distribution, Path folder, int port) {
    try (Stream<Path> unpacked = Files.list(distribution)) {
      Path home = unpacked.filter(path -> path.getFileName().toString().startsWith("keycloak-")).findFirst()
          .orElseThrow(() -> new AssertionError("no Keycloak in " + distribution));
      Path imported = Files.createDirectories(home.resolve("data").resolve("import"));
      Files.write(imported.resolve("bank-realm.json"),
          Keycloak.class.getResourceAsStream("/keycloak/bank-realm.json").readAllBytes());
      Files.createDirectories(folder);
      var command = new ProcessBuilder("sh", home.resolve("bin").resolve("kc.sh").toString(), "start-dev",
          "--http-port=" + port, "--http-host=127.0.0.1", "--cache=local", "--import-realm", "--log-level=warn")
          .redirectErrorStream(true).redirectOutput(folder.resolve("keycloak.log").toFile());
      command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
      command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
      command.environment().put("JAVA_HOME", System.getProperty("java.home"));
      var keycloak = new Keycloak(port, command.start());
      keycloak.awaitRealm(folder);
      return keycloak;
    } catch (IOException e) {
      throw new UncheckedIOException("Keycloak does not start", e);
    }
  }

  private void awaitRealm(Path folder) throws IOException {
    long deadline = System.nanoTime() + STARTUP.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (client.send(HttpRequest.newBuilder(URI.create(issuer())).build(), BodyHandlers.ofString())
            .statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        LockSupport.parkNanos(BETWEEN.toNanos()); // it does not listen yet
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    close();
    throw new AssertionError("Keycloak does not start: " + Files.readString(folder.resolve("keycloak.log")));
  }

  String issuer() {
    return "http://127.0.0.1:" + port + "/realms/bank";
  }

  String keys() {
    return issuer() + "/protocol/openid-connect/certs";
  }

  /** A program's own token. */
  String token(String clientId) {
    return token("/realms/bank", Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret",
        clientId + "-secret"));
  }

  private String token(String realm, Map<String, String> form) {
    JsonNode answer = json(HttpRequest.newBuilder(at(realm + "/protocol/openid-connect/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(LoggedIn.encoded(form))).build());
    if (answer.path("access_token").isMissingNode()) {
      throw new AssertionError("no token: " + answer);
    }
    return answer.path("access_token").asText();
  }

  /** A person's token, by authorization code and PKCE over Keycloak's own login page. */
  String tokenOf(String username, String password) {
    Map<String, String> question = Map.of("response_type", "code", "client_id", "desk", "redirect_uri",
        "http://127.0.0.1/callback", "scope", "openid", "code_challenge", LoggedIn.challenge(), "code_challenge_method",
        "S256");
    HttpResponse<String> page = send(HttpRequest
        .newBuilder(at("/realms/bank/protocol/openid-connect/auth?" + LoggedIn.encoded(question))).build());
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new AssertionError("no login page: " + page.statusCode() + " " + page.body());
    }
    String cookies = page.headers().allValues("Set-Cookie").stream().map(cookie -> cookie.split(";")[0])
        .collect(Collectors.joining("; "));
    HttpResponse<String> back = send(HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
        .header("Content-Type", "application/x-www-form-urlencoded").header("Cookie", cookies)
        .POST(BodyPublishers.ofString(LoggedIn.encoded(Map.of("username", username, "password", password)))).build());
    Matcher code = CODE.matcher(back.headers().firstValue("Location").orElse(""));
    if (!code.find()) {
      throw new AssertionError("no code: " + back.statusCode() + " " + back.headers().map() + back.body());
    }
    return token("/realms/bank", Map.of("grant_type", "authorization_code", "client_id", "desk", "code", code.group(1),
        "redirect_uri", "http://127.0.0.1/callback", "code_verifier", LoggedIn.VERIFIER));
  }

  /** A new key signs from now on. */
  void rotateKey() {
    String admin = token("/realms/master",
        Map.of("grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", "admin"));
    Map<String, Object> key = Map.of("name", "rotated", "providerId", "rsa-generated", "providerType",
        "org.keycloak.keys.KeyProvider", "config", Map.of("priority", List.of("500"), "enabled", List.of("true"),
            "active", List.of("true"), "algorithm", List.of("RS256"), "keySize", List.of("2048")));
    HttpResponse<String> made = send(HttpRequest.newBuilder(at("/admin/realms/bank/components"))
        .header("Authorization", "Bearer " + admin).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(Api.json(key))).build());
    if (made.statusCode() != 201) {
      throw new AssertionError("no new key: " + made.statusCode() + " " + made.body());
    }
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private JsonNode json(HttpRequest request) {
    try {
      return Api.JSON.readTree(send(request).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
