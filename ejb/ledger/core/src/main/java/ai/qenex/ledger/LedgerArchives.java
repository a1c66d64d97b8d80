package ai.qenex.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * Lets the range that begins with an entry leave the database for its archive; what was detached stays detached. The
   * range must be the oldest that is there, projected, of business dates that are closed and added up, keep the
   * ledger's laws, and its file be proven once more. Its entries are read from the file from then on.
   *
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} if no archive begins there, {@code CONFLICTING_STATE} with
   * the reason if the range must stay, {@code UNAVAILABLE} if the log is too busy: ask again
   */
  Archive detach(long first);

  /**
   * Lets the range that begins with an entry come back into the database, once its file is proven; what is there stays
   * there. It must be the newest that was detached. The archive stays one, and the range can be detached again. Takes a
   * few minutes per ten million entries, in one transaction that keeps readers and the writer out for a moment only.
   *
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} if no archive begins there, {@code CONFLICTING_STATE} with
   * the reason if the range cannot come back, {@code UNAVAILABLE} if the log is too busy: ask again
   */
  Archive attach(long first);

  /**
   * @param detachedAt since when the file is the only place of the range's entries
   * @param file name in the archive folder
   * @param sha256 over the file without its last 32 bytes, which are this value
   */
  record Archive(long first, long last, String file, long bytes, String sha256, Instant archivedAt,
      Optional<Instant> detachedAt) {}
}
