package ai.qenex.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file that remembers a process we started, so that the next launcher finds it if this one was killed. The pid alone
 * could by then be somebody else's, so the note has the process' start too, and only a process with both is ours.
 */
final class ProcessNote {

  /** Systems tell a start to a hundredth of a second, and reckon it anew each time they are asked. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private final Path file;

  ProcessNote(Path file) {
    this.file = file;
  }

  void write(ProcessHandle process) {
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    try {
      Files.write(file, List.of(String.valueOf(process.pid()), start.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot note process " + process.pid() + " in " + file, e);
    }
  }

  void erase() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot erase " + file, e);
    }
  }

  /** The noted process if it still runs. */
  Optional<ProcessHandle> running() {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 2 || !lines.get(0).matches("[0-9]{1,18}")) {
        return Optional.empty();
      }
      Instant noted = Instant.parse(lines.get(1));
      return ProcessHandle.of(Long.parseLong(lines.get(0))).filter(ProcessHandle::isAlive)
          .filter(process -> process.info().startInstant()
              .filter(start -> Duration.between(start, noted).abs().compareTo(CLOCK_TOLERANCE) <= 0).isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
