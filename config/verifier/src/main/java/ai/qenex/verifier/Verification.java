package ai.qenex.verifier;

import ai.qenex.kernel.Hash;
import ai.qenex.ledger.seal.EntryForm;
import ai.qenex.ledger.seal.LogAudit;
import ai.qenex.ledger.seal.LogAudit.Finding;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.ledger.seal.RangeHead;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;

/** One pass over an exported log and its heads, line by line, in constant memory. */
final class Verification {

  /** The longest line there can be: an entry, or a head with the chunks of a million entries. */
  private static final int LONGEST_LINE = 1 << 20;

  private final Path log;
  private final Path heads;
  private final TrustedKeys keys;
  private long entries;
  private long headLine;
  private Optional<RangeHead> proven = Optional.empty();
  private Optional<KeptHead> kept = Optional.empty();
  private Optional<String> keptFinding = Optional.empty();

  Verification(Path log, Path heads, TrustedKeys keys) {
    this.log = log;
    this.heads = heads;
    this.keys = keys;
  }

  long entries() {
    return entries;
  }

  String summary() {
    return proven.map(head -> "entries 1 to " + head.last() + " are what heads 1 to " + head.number()
        + " seal; tree root " + head.treeRoot()).orElse("nothing is sealed and nothing was exported");
  }

  /** What is wrong first, in one sentence; empty if nothing is. @param keptHead must be among the heads */
  Optional<String> run(Optional<KeptHead> keptHead) throws IOException {
    kept = keptHead;
    keptFinding = keptHead.map(head -> "head " + head.number() + ", which you kept, is not among the heads: truncated");
    try (BufferedReader logLines = open(log); BufferedReader headLines = open(heads)) {
      var audit = new LogAudit(() -> nextHead(headLines), keys::whyNotSigned);
      Optional<Finding> finding = Optional.empty();
      for (String line = read(logLines); line != null && finding.isEmpty(); line = read(logLines)) {
        entries++;
        finding = entry(audit, line);
      }
      if (finding.isEmpty()) {
        finding = audit.end();
      }
      proven = audit.provenHead();
      return finding.map(found -> "entry " + found.seq() + " (line " + entries + "): " + found.what())
          .or(() -> keptFinding);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Optional<Finding> entry(LogAudit audit, String line) {
    long place = audit.proven() + 1;
    try {
      FlatJson json = FlatJson.parse(line);
      byte[] form = Base64.getDecoder().decode(json.text("form"));
      Optional<Finding> finding = audit.entry(form, Hash.ofHex(json.text("hash")));
      if (finding.isPresent()) {
        return finding;
      }
      var entry = EntryForm.read(form);
      return entry.seq() == json.number("seq") && entry.id().toString().equals(json.text("id")) ? Optional.empty()
          : Optional.of(new Finding(entry.seq(), "seq and id beside its form are not its own: altered"));
    } catch (IllegalArgumentException e) {
      return Optional.of(new Finding(place, "a line behind the last proven entry is broken: " + e.getMessage()));
    }
  }

  private Optional<SignedHead> nextHead(BufferedReader lines) {
    try {
      String line = read(lines);
      if (line == null) {
        return Optional.empty();
      }
      headLine++;
      SignedHead head = head(FlatJson.parse(line));
      compareWithKept(head.head());
      return Optional.of(head);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new UncheckedIOException(new IOException("line " + headLine + " of the heads: " + e.getMessage(), e));
    }
  }

  private void compareWithKept(RangeHead head) {
    if (kept.isPresent() && kept.get().number() == head.number()) {
      keptFinding = kept.get().treeRoot().equals(head.treeRoot()) ? Optional.empty()
          : Optional.of("head " + head.number() + " is not the one you kept: the log was rewritten");
    }
  }

  private static SignedHead head(FlatJson json) {
    var head = new RangeHead(json.number("number"), json.number("first"), json.number("last"),
        Hash.ofHex(json.text("rangeRoot")), Hash.ofHex(json.text("treeRoot")), Hash.ofHex(json.text("previous")),
        Instant.parse(json.text("sealedAt")), json.text("suite"), json.text("keyId"));
    return new SignedHead(head, Base64.getDecoder().decode(json.text("signature")),
        json.texts("chunks").stream().map(Hash::ofHex).toList());
  }

  private static BufferedReader open(Path file) throws IOException {
    return Files.newBufferedReader(file, StandardCharsets.US_ASCII);
  }

  /** A line without its end, null behind the last one. */
  private static String read(BufferedReader reader) throws IOException {
    var line = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line has more than " + LONGEST_LINE + " characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
