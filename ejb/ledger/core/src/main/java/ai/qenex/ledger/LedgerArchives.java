package ai.qenex.ledger;

import java.time.Instant;
import java.util.List;

/** Old ranges of the log as files that prove themselves: entries, indexes, the heads over them and the keys. */
public interface LedgerArchives {

  List<Archive> list();

  /**
   * Writes a file for every range of the log that is complete, sealed, not archived yet, and ends at {@code upTo} at
   * the latest. A file counts once it was read back and verified against its heads. Takes a minute or two per ten
   * million entries; a call that was cut off is simply made again.
   *
   * @return what this call archived
   * @throws ai.qenex.kernel.QenexException {@code CONFLICTING_STATE} if a call is under way or a range is not sealed
   */
  List<Archive> archive(long upTo);

  /**
   * @param file name in the archive folder
   * @param sha256 over the file without its last 32 bytes, which are this value
   */
  record Archive(long first, long last, String file, long bytes, String sha256, Instant archivedAt) {}
}
