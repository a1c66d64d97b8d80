package ai.qenex.benchmark.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the drivers are told by system properties; blank counts as absent.
 *
 * @param work folder for databases and servers ({@code qenex.faults.work})
 * @param only names of drivers, separated by commas; empty: all ({@code qenex.faults.only})
 * @param count how often is broken what a driver breaks; empty: each driver's own ({@code qenex.faults.count})
 * @param server the configured distribution ({@code qenex.server.home})
 * @param ear the bank ({@code qenex.ear})
 */
public record FaultSettings(Path work, List<String> only, Optional<Integer> count, Path server, Path ear) {

  static FaultSettings ofProcess() {
    return new FaultSettings(Path.of(text("qenex.faults.work").orElse("target/faults")).toAbsolutePath(),
        text("qenex.faults.only").map(names -> List.of(names.split(","))).orElse(List.of()),
        text("qenex.faults.count").map(Integer::parseInt), path("qenex.server.home"), path("qenex.ear"));
  }

  private static Path path(String property) {
    return Path.of(text(property).orElse("")).toAbsolutePath().normalize();
  }

  private static Optional<String> text(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }

  boolean wants(String driver) {
    return only.isEmpty() || only.contains(driver);
  }

  /** A folder that nothing used before. */
  Path fresh(String name) {
    return work.resolve(name + "-" + System.nanoTime());
  }
}
