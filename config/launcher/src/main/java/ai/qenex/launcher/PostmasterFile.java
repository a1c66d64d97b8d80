package ai.qenex.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code postmaster.pid} in a data directory: PostgreSQL writes it before it recovers, long before it takes connections
 * and we can note its process. Line 1 is the pid, line 2 the data directory, line 3 when it was started, in seconds
 * since 1970. A killed PostgreSQL leaves it behind, so the pid in it may by now be somebody else's.
 *
 * @param dataDirectory as PostgreSQL tells it
 */
record PostmasterFile(long pid, Path dataDirectory, Instant startedAt) {

  /** The process starts a moment before it writes, and a clock that is set meanwhile moves what systems tell of it. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  /** What is left in a data directory; empty if there is no such file, or none that is whole. */
  static Optional<PostmasterFile> in(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      return Files.exists(file) ? parse(Files.readAllLines(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  static Optional<PostmasterFile> parse(List<String> lines) {
    if (lines.size() < 3 || !isNumber(lines.get(0)) || !isNumber(lines.get(2))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PostmasterFile(Long.parseLong(lines.get(0).strip()), Path.of(lines.get(1).strip()),
          Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()))));
    } catch (InvalidPathException notOurs) {
      return Optional.empty();
    }
  }

  private static boolean isNumber(String line) {
    return line.strip().matches("[0-9]{1,12}");
  }

  /** The postmaster if it still runs on the data directory. */
  Optional<ProcessHandle> running(Path data) {
    return isOf(data)
        ? ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
            .filter(process -> isPostmaster(process.info().command(), process.info().startInstant()))
        : Optional.empty();
  }

  private boolean isOf(Path data) {
    try {
      return Files.exists(dataDirectory) && Files.isSameFile(dataDirectory, data);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compare " + dataDirectory + " with " + data, e);
    }
  }

  /** Whether a process of that program and start can be the one that wrote the file. */
  boolean isPostmaster(Optional<String> command, Optional<Instant> start) {
    return command.map(program -> program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1))
        .filter(name -> name.equals("postgres") || name.equals("postgres.exe")).isPresent()
        && start.filter(begun -> Duration.between(begun, startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0).isPresent();
  }
}
