package ai.qenex.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time by what used it: this program's threads by name, the rest of it (garbage collection and compilation), and
 * the database's processes by what they do. Answers "what bounds it".
 */
record CpuByRole(Map<String, Duration> used, long writerAllocated) {

  private static final String WRITER = "Writer";
  private static final double LEAST_MICROS = 0.01;

  /** @param postmaster the database's main process */
  static CpuByRole now(long postmaster) {
    var used = new TreeMap<String, Duration>();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Duration known = Duration.ZERO;
    long allocated = 0;
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      long nanos = threads.getThreadCpuTime(id);
      if (thread == null || nanos < 0) {
        continue;
      }
      String name = thread.getThreadName().replaceAll("[-\\d]", "");
      known = known.plusNanos(nanos);
      allocated += name.equals(WRITER) ? threads.getThreadAllocatedBytes(id) : 0;
      used.merge("java " + (name.startsWith("pool") ? "callers" : name.toLowerCase(Locale.ROOT)),
          Duration.ofNanos(nanos),
          Duration::plus);
    }
    used.put("java collector, compiler", Stretch.own().minus(known));
    // a projection has a connection of its own, whose process ends with it
    Duration ended = ProcessTimes.ofTree(postmaster);
    for (ProcessHandle child : ProcessHandle.of(postmaster).stream().flatMap(ProcessHandle::children).toList()) {
      Duration living = ProcessTimes.ofOne(child.pid());
      used.merge("postgres " + title(child.pid()), living, Duration::plus);
      ended = ended.minus(living);
    }
    used.put("postgres processes that ended (projections)", ended);
    return new CpuByRole(used, allocated);
  }

  /** As PostgreSQL titles its processes: {@code postgres: walwriter}, or user, database and address of a client. */
  private static String title(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ').strip();
      String title = line.replaceFirst("^postgres: ", "").replaceFirst(" \\d+$", "");
      return title.startsWith("postgres ") ? "backend " + pid : title;
    } catch (IOException ended) {
      return "ended";
    }
  }

  /** One phrase per role that used more than next to nothing since then, in microseconds per operation. */
  String since(CpuByRole before, long operations) {
    var phrases = new ArrayList<String>();
    used.forEach((role, time) -> {
      double micros = time.minus(before.used.getOrDefault(role, Duration.ZERO)).toNanos() / 1e3 / operations;
      if (micros >= LEAST_MICROS) {
        phrases.add(String.format(Locale.ROOT, "%s %.2f", role, micros));
      }
    });
    return String.join(", ", List.copyOf(phrases));
  }

  /** What the writer's thread allocated since then, in bytes per operation. */
  double allocatedSince(CpuByRole before, long operations) {
    return (double) (writerAllocated - before.writerAllocated) / operations;
  }
}
