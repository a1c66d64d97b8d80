package ai.qenex.systemtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where this run's servers keep their files; a run begins without those of the last one. */
final class RunFolder {

  private RunFolder() {}

  static Path fresh(String name) {
    Path folder = Path.of(System.getProperty("qenex.work")).toAbsolutePath().resolve(name);
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> old = Files.walk(folder)) {
          for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The last run's " + folder + " cannot be removed", e);
    }
  }
}
