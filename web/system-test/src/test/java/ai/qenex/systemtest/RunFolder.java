package ai.qenex.systemtest;

import ai.qenex.launcher.LocalBank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one run's servers keep their files. Each run has a folder named by its process, because two may be at work in
 * one tree; the folders of runs that are over are removed when the next one begins, so that a failed run can be looked
 * into.
 */
final class RunFolder {

  private static final String PREFIX = "run-";
  private static final List<String> BANKS = List.of("http", "inside", "own");

  private RunFolder() {}

  /** A new folder for a server of this run. */
  static Path fresh(String name) {
    try {
      return Files.createDirectories(of(name));
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for " + name, e);
    }
  }

  /** This run's folder for a server. */
  static Path of(String name) {
    return work().resolve(PREFIX + ProcessHandle.current().pid()).resolve(name);
  }

  /** Ends what runs that were killed left running, and removes the files of all that are over. */
  static void clearOldRuns() {
    try {
      Files.createDirectories(work());
      try (Stream<Path> runs = Files.list(work())) {
        for (Path run : runs.filter(RunFolder::isOver).toList()) {
          BANKS.stream().map(run::resolve).filter(Files::exists).forEach(LocalBank::stopLeftovers);
          delete(run);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The files of old runs cannot be removed", e);
    }
  }

  private static boolean isOver(Path run) {
    String pid = run.getFileName().toString().replace(PREFIX, "");
    return !pid.matches("[0-9]{1,18}") || ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  private static void delete(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Path work() {
    return Path.of(System.getProperty("qenex.work")).toAbsolutePath();
  }
}
