package ai.qenex.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a start is told: each is a system property {@code qenex.…} or, where that is absent or blank, the environment
 * variable {@code QENEX_…}.
 *
 * @param data folder that keeps everything ({@code qenex.data})
 * @param ports where the bank and its database listen
 * @param demo whether the sample business day is played once ({@code qenex.demo})
 * @param heap the server's largest heap, as {@code -Xmx} takes it ({@code qenex.server.heap})
 * @param server the configured distribution ({@code qenex.server.home})
 * @param ear the bank ({@code qenex.ear})
 */
public record LaunchSettings(Path data, Ports ports, boolean demo, String heap, Path server, Path ear) {

  /** TCP ports on this machine, each 1 to 65535 and all different. */
  public record Ports(int http, int https, int management, int database) {

    /** By the property that sets it, in the order people think of them. */
    Map<String, Integer> byProperty() {
      Map<String, Integer> ports = new TreeMap<>();
      ports.put(HTTP_PORT, http);
      ports.put(HTTPS_PORT, https);
      ports.put(MANAGEMENT_PORT, management);
      ports.put(DATABASE_PORT, database);
      return ports;
    }
  }

  static final String HTTP_PORT = "qenex.http.port";
  static final String HTTPS_PORT = "qenex.https.port";
  static final String MANAGEMENT_PORT = "qenex.management.port";
  static final String DATABASE_PORT = "qenex.db.port";

  private static final int LAST_PORT = 65_535;

  /** The settings of this process. @throws LaunchRefusedException naming the first wrong value */
  public static LaunchSettings ofProcess() {
    Path home = Path.of(System.getProperty("user.home"));
    return read(System::getProperty, System::getenv, Platform.current().dataFolder(home, System::getenv));
  }

  /**
   * @param property null for one that is not set
   * @param environment null for a variable that is not set
   * @param defaultData the platform's own place
   */
  static LaunchSettings read(UnaryOperator<String> property, UnaryOperator<String> environment, Path defaultData) {
    Source source = new Source(property, environment);
    Ports ports =
        new Ports(source.port(HTTP_PORT, 8080), source.port(HTTPS_PORT, 8443), source.port(MANAGEMENT_PORT, 9990),
            source.port(DATABASE_PORT, 6543));
    if (ports.byProperty().values().stream().distinct().count() < ports.byProperty().size()) {
      throw new LaunchRefusedException("Each port must be another one: " + ports.byProperty());
    }
    return new LaunchSettings(Path.of(source.text("qenex.data", defaultData.toString())).toAbsolutePath().normalize(),
        ports,
        source.flag("qenex.demo", true), source.heap("qenex.server.heap", "1g"),
        source.path("qenex.server.home"), source.path("qenex.ear"));
  }

  /** Where the bank answers. */
  public URI baseUrl() {
    return URI.create("http://localhost:" + ports.http());
  }

  private record Source(UnaryOperator<String> property, UnaryOperator<String> environment) {

    /** The value, blank counting as absent: Maven hands on what nobody set as empty text. */
    String text(String name, String absent) {
      String value = property.apply(name);
      if (value == null || value.isBlank()) {
        value = environment.apply(name.toUpperCase(Locale.ROOT).replace('.', '_'));
      }
      return value == null || value.isBlank() ? absent : value.strip();
    }

    int port(String name, int absent) {
      String value = text(name, String.valueOf(absent));
      if (value.matches("[1-9][0-9]{0,4}") && Integer.parseInt(value) <= LAST_PORT) {
        return Integer.parseInt(value);
      }
      throw new LaunchRefusedException(name + " must be a port from 1 to " + LAST_PORT + ", not '" + value + "'");
    }

    boolean flag(String name, boolean absent) {
      String value = text(name, String.valueOf(absent));
      return switch (value) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new LaunchRefusedException(name + " must be true or false, not '" + value + "'");
      };
    }

    String heap(String name, String absent) {
      String value = text(name, absent);
      if (value.matches("[1-9][0-9]*[kKmMgG]")) {
        return value;
      }
      throw new LaunchRefusedException(name + " must be a heap size such as 768m or 1g, not '" + value + "'");
    }

    Path path(String name) {
      String value = text(name, "");
      if (value.isEmpty()) {
        throw new LaunchRefusedException(name + " is not set; 'mvn -Prun install' sets it");
      }
      return Path.of(value).toAbsolutePath().normalize();
    }
  }
}
