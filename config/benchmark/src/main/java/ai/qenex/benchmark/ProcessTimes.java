package ai.qenex.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * CPU time that processes used, from Linux's {@code /proc/<pid>/stat} (proc(5)): of the process itself, of its children
 * that ended, and of those that live. Elsewhere all times are zero.
 */
final class ProcessTimes {

  /** Clock ticks per second, which Linux shows to programs as 100 on every platform. */
  private static final int TICKS = 100;
  private static final Path PROC = Path.of("/proc");

  private ProcessTimes() {}

  /**
   * One line of {@code stat}.
   *
   * @param parent pid of the parent
   * @param ownTicks user and system time of the process
   * @param childTicks that of children that ended and were waited for
   */
  record Stat(long pid, long parent, long ownTicks, long childTicks) {

    /** @throws IllegalArgumentException if it is no such line */
    static Stat parse(String line) {
      // the name in brackets may hold anything, brackets and blanks too
      int end = line.lastIndexOf(')');
      if (end < 0) {
        throw new IllegalArgumentException("not a line of /proc/<pid>/stat: " + line);
      }
      String[] rest = line.substring(end + 2).split(" ");
      return new Stat(Long.parseLong(line.substring(0, line.indexOf(' '))), Long.parseLong(rest[1]),
          Long.parseLong(rest[11]) + Long.parseLong(rest[12]), Long.parseLong(rest[13]) + Long.parseLong(rest[14]));
    }
  }

  static boolean known() {
    return Files.isReadable(PROC.resolve("self").resolve("stat"));
  }

  /** A process, its descendants that live, and those that ended. */
  static Duration ofTree(long pid) {
    if (!known()) {
      return Duration.ZERO;
    }
    long ticks = Stream.concat(Stream.of(pid),
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid))
        .mapToLong(each -> stat(each).ownTicks + stat(each).childTicks).sum();
    return Duration.ofMillis(ticks * 1000 / TICKS);
  }

  /** A process alone, without its children. */
  static Duration ofOne(long pid) {
    return known() ? Duration.ofMillis(stat(pid).ownTicks * 1000 / TICKS) : Duration.ZERO;
  }

  /** Children of this program that ended. */
  static Duration ofEndedChildren() {
    return known() ? Duration.ofMillis(stat(ProcessHandle.current().pid()).childTicks * 1000 / TICKS) : Duration.ZERO;
  }

  static long parentOf(long pid) {
    return stat(pid).parent;
  }

  /** Resident memory in MiB, zero where it is not known. */
  static long residentMebibytes(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(Long.toString(pid)).resolve("status"))) {
      return lines.filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst().orElse(0) / 1024;
    } catch (IOException unknown) {
      return 0;
    }
  }

  private static Stat stat(long pid) {
    try {
      return Stat.parse(Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")));
    } catch (IOException ended) {
      // its time is its parent's now
      return new Stat(pid, 0, 0, 0);
    }
  }
}
