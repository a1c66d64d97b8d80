package ai.qenex.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The server's own folder: configuration fresh from the distribution at every start, so that a new build takes effect;
 * messages, transaction logs and the generated TLS key kept.
 */
public final class ServerBase {

  static final String CONFIGURATION = "qenex.xml";

  private static final List<String> CONFIGURATION_FILES =
      List.of(CONFIGURATION, "logging.properties", "application-users.properties",
          "application-roles.properties", "mgmt-users.properties", "mgmt-groups.properties");

  private static final Pattern CAUSE = Pattern.compile("Caused by: [\\w.$]+: ([^\"\\\\\n]*)");
  private static final int LONGEST_CAUSE = 500;

  private ServerBase() {}

  static void prepare(Path base, LaunchSettings settings) throws IOException {
    configure(base, settings.server());
    Path deployments = base.resolve("deployments");
    try (Stream<Path> old = Files.list(deployments)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.copy(settings.ear(), deployments.resolve("qenex.ear"));
  }

  /** Makes a folder that a server can run in, without a bank. @param server the distribution */
  public static void configure(Path base, Path server) throws IOException {
    Path configuration = Files.createDirectories(base.resolve("configuration"));
    for (String file : CONFIGURATION_FILES) {
      Files.copy(server.resolve("standalone").resolve("configuration").resolve(file), configuration.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.createDirectories(base.resolve("deployments"));
  }

  /** Why the bank did not deploy, if the server has said so, in its innermost words; empty while all is well. */
  static String deploymentFailure(Path base) {
    Path marker = base.resolve("deployments").resolve("qenex.ear.failed");
    try {
      return Files.exists(marker) ? innermostCause(Files.readString(marker)) : "";
    } catch (IOException e) {
      return "the reason cannot be read from " + marker;
    }
  }

  /**
   * The server tells a failure as one long text of nested services; the last cause in it is what a person can act on.
   */
  static String innermostCause(String failure) {
    String cause = failure.strip();
    Matcher causes = CAUSE.matcher(failure);
    while (causes.find()) {
      cause = causes.group(1).strip();
    }
    return cause.length() <= LONGEST_CAUSE ? cause : cause.substring(0, LONGEST_CAUSE) + "…";
  }
}
