package ai.qenex.security.service.audit;

import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies of the heads outside the database: {@code heads-<node>-<date>.ndjson}, a line per head, only ever appended to,
 * one file per day so that those of past days can go to storage that is written once. Whoever rewrites the database
 * cannot rewrite these. For one thread.
 */
final class HeadFiles {

  private static final String SUFFIX = ".ndjson";

  private final Path folder;
  private final String prefix;
  private final Pattern name;

  HeadFiles(Path folder, String node) {
    this.folder = folder;
    this.prefix = "heads-" + node.replaceAll("[^A-Za-z0-9._-]", "_") + "-";
    this.name = Pattern.compile(Pattern.quote(prefix) + "\\d{4}-\\d\\d-\\d\\d" + Pattern.quote(SUFFIX));
  }

  /** The last head that was copied; what a crash left of a line behind it is cut off. */
  Optional<AuditHead> last() throws IOException {
    Files.createDirectories(folder);
    for (Path file : files()) {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      int end = text.lastIndexOf('\n') + 1;
      if (end < text.length()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(end);
        }
      }
      if (end > 0) {
        return Optional.of(AuditLine.head(text.substring(text.lastIndexOf('\n', end - 2) + 1, end - 1)));
      }
    }
    return Optional.empty();
  }

  /** On disk when this returns. */
  void append(List<AuditHead> heads) throws IOException {
    for (AuditHead head : heads) {
      Path file = folder.resolve(prefix + LocalDate.ofInstant(head.at(), ZoneOffset.UTC) + SUFFIX);
      byte[] line = (AuditLine.of(head) + "\n").getBytes(StandardCharsets.US_ASCII);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC)) {
        channel.write(ByteBuffer.wrap(line));
      }
    }
  }

  /** Newest first. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted((one, other) -> other.getFileName().compareTo(one.getFileName())).toList();
    }
  }
}
