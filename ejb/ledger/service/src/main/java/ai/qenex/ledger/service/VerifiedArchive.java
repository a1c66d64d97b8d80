package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerArchives.Archive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** The files of archives, each proven anew whenever the log is about to rely on it. */
record VerifiedArchive(Path folder) {

  /** One sentence if the archive's file is not what was archived, does not prove itself, or cannot be read. */
  Optional<String> whyNotReadable(Archive archive) {
    try (ArchiveFile file = open(archive)) {
      boolean same = file.first() == archive.first() && file.last() == archive.last()
          && HexFormat.of().formatHex(file.stated()).equals(archive.sha256());
      return same ? file.whyNotProven() : Optional.of(archive.file() + " is not the file that was archived");
    } catch (IOException e) {
      return Optional.of(archive.file() + " cannot be read (" + e.getMessage() + ")");
    }
  }

  ArchiveFile open(Archive archive) throws IOException {
    return ArchiveFile.open(folder.resolve(archive.file()));
  }
}
