package ai.qenex.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own benchmark program, where it is installed. */
final class Pgbench {

  private static final Pattern PROCESSED = Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern LATENCY = Pattern.compile("latency average = ([\\d.]+) ms");

  private final String program;
  private final List<String> connection;

  private Pgbench(String program, List<String> connection) {
    this.program = program;
    this.connection = connection;
  }

  /** Empty if there is none on the PATH. */
  static Optional<Pgbench> find(int port) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
        .map(folder -> Path.of(folder, "pgbench")).filter(Files::isExecutable).findFirst()
        .map(file -> new Pgbench(file.toString(),
            List.of("-h", "localhost", "-p", Integer.toString(port), "-U", "postgres", "postgres")));
  }

  /**
   * What it reported.
   *
   * @param latencyMillis the average
   */
  record Result(long transactions, double latencyMillis) {

    /** @throws IllegalArgumentException if it is not pgbench's report */
    static Result parse(String report) {
      Matcher processed = PROCESSED.matcher(report);
      Matcher latency = LATENCY.matcher(report);
      if (!processed.find() || !latency.find()) {
        throw new IllegalArgumentException("not a report of pgbench: " + report);
      }
      return new Result(Long.parseLong(processed.group(1)), Double.parseDouble(latency.group(1)));
    }
  }

  void initialize(int scale) {
    run(List.of("-i", "-q", "-s", Integer.toString(scale)));
  }

  /** @param protocol {@code prepared} or {@code simple} */
  Result run(int clients, Duration duration, String protocol) {
    return Result.parse(run(List.of("-n", "-c", Integer.toString(clients), "-j", "2", "-M", protocol, "-T",
        Long.toString(duration.toSeconds()))));
  }

  private String run(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(arguments);
    command.addAll(connection);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("pgbench failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException("pgbench does not run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", e);
    }
  }
}
