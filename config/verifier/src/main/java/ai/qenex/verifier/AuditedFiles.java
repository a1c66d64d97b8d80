package ai.qenex.verifier;

import ai.qenex.kernel.Hash;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLine;
import ai.qenex.security.audit.AuditVerification;
import ai.qenex.security.audit.AuditVerification.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One pass over an exported audit log and its heads, line by line, in constant memory (invariant AUDIT-2). */
final class AuditedFiles {

  /** Longer than the longest record: every character of its longest texts escaped. */
  private static final int LONGEST_LINE = 1 << 18;

  private final Path records;
  private final Path heads;
  private final TrustedKeys keys;
  private long lines;
  private String summary = "";
  private Optional<String> keptFinding = Optional.empty();

  AuditedFiles(Path records, Path heads, TrustedKeys keys) {
    this.records = records;
    this.heads = heads;
    this.keys = keys;
  }

  long lines() {
    return lines;
  }

  String summary() {
    return summary;
  }

  /** What is wrong first, in one sentence; empty if nothing is. @param kept a head that must be among the heads */
  Optional<String> run(Optional<KeptHead> kept) throws IOException {
    keptFinding = kept.map(head -> "head " + head.number() + ", which you kept, is not among the heads: truncated");
    try (BufferedReader recordLines = open(records); BufferedReader headLines = open(heads)) {
      var audit = new AuditVerification(() -> nextHead(headLines, kept), keys::whyNotSigned);
      Optional<Finding> finding = Optional.empty();
      for (String line = read(recordLines); line != null && finding.isEmpty(); line = read(recordLines)) {
        lines++;
        finding = record(audit, line);
      }
      finding = finding.isPresent() ? finding : audit.end();
      long signed = audit.proven().map(AuditHead::size).orElse(0L);
      summary = "records 1 to " + signed + " are what heads 1 to " + audit.proven().map(AuditHead::number).orElse(0L)
          + " cover; root " + audit.proven().map(AuditHead::root).orElse(Hash.NOTHING) + "; " + (audit.size() - signed)
          + " newer ones are chained and not signed yet";
      return finding.map(found -> "record " + found.seq() + " (line " + lines + "): " + found.what())
          .or(() -> keptFinding);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Optional<Finding> record(AuditVerification audit, String line) {
    try {
      return audit.record(AuditLine.record(line));
    } catch (IllegalArgumentException e) {
      return Optional.of(new Finding(audit.size() + 1, "its line was altered: " + e.getMessage()));
    }
  }

  private Optional<AuditHead> nextHead(BufferedReader source, Optional<KeptHead> kept) {
    try {
      String line = read(source);
      if (line == null) {
        return Optional.empty();
      }
      AuditHead head = AuditLine.head(line);
      kept.filter(known -> known.number() == head.number()).ifPresent(known -> keptFinding =
          known.treeRoot().equals(head.root()) ? Optional.empty()
              : Optional.of("head " + head.number() + " is not the one you kept: the log was rewritten"));
      return Optional.of(head);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(new IOException("a line of the heads: " + e.getMessage(), e));
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    return Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
  }

  /** A line without its end, null behind the last one. */
  private static String read(BufferedReader reader) throws IOException {
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    var line = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line has more than " + LONGEST_LINE + " characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
