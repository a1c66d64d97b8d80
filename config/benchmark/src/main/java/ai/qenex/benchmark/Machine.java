package ai.qenex.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a figure was measured on, since it means nothing without. */
public final class Machine {

  private static final List<String> SETTINGS =
      List.of("server_version", "fsync", "synchronous_commit", "full_page_writes",
          "data_checksums", "shared_buffers", "max_wal_size", "wal_sync_method");

  private Machine() {}

  /** One line: date, cores, load of the last minute, operating system and Java. */
  public static String state() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(Locale.ROOT, "%s; %d cores (%s); load %.2f; %s %s; Java %s; client -Xmx%dm",
        LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES), system.getAvailableProcessors(), processor(),
        system.getSystemLoadAverage(), system.getName(), system.getVersion(), Runtime.version(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst().orElse("unknown");
    } catch (IOException notLinux) {
      return System.getProperty("os.arch");
    }
  }

  /** One line of PostgreSQL's settings that durability and speed depend on. */
  static String database(Connection connection) throws SQLException {
    var settings = new ArrayList<String>();
    try (var statement = connection.createStatement()) {
      for (String name : SETTINGS) {
        try (var row = statement.executeQuery("show " + name)) {
          row.next();
          settings.add(name + " " + row.getString(1));
        }
      }
    }
    return "PostgreSQL: " + String.join(", ", settings);
  }

  /** The server's main process, whose children are its backends. */
  static long postmaster(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return ProcessTimes.known() ? ProcessTimes.parentOf(row.getLong(1)) : 0;
    }
  }
}
