package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Compares the rows that stayed of detached ranges with their archives, some with each call, round and round: they are
 * read before the archive is, but only the archive is under the seal.
 */
final class KeptProof {

  private static final int ROWS_AT_ONCE = 5_000;
  private static final String KEPT = "select " + LogStore.COLUMNS + " from ledger.log where seq > ? and seq <= ? "
      + "order by seq limit " + ROWS_AT_ONCE;

  private final LogAccess access;
  private long next;

  KeptProof(DataSource database) {
    this.access = new LogAccess(database);
  }

  /** One sentence if a row is not what was archived, as far as this call looked. */
  synchronized Optional<String> violation() {
    return access.answer(connection -> {
      var archived = new ArchivedLog(connection);
      long end = archived.end();
      if (end == 0) {
        return Optional.empty();
      }
      TreeMap<Long, LedgerEntry> kept = kept(connection, end);
      Map<Long, LedgerEntry> sealed = archived.bySeq(kept.keySet());
      next = kept.size() < ROWS_AT_ONCE ? 0 : kept.lastKey();
      return kept.values().stream().filter(entry -> !entry.equals(sealed.get(entry.seq()))).findFirst()
          .map(entry -> "entry " + entry.seq() + " of the log is not what its archive has");
    });
  }

  private TreeMap<Long, LedgerEntry> kept(Connection connection, long end) throws SQLException {
    var kept = new TreeMap<Long, LedgerEntry>();
    LogStore log = access.log(connection);
    try (var statement = connection.prepareStatement(KEPT)) {
      statement.setLong(1, next);
      statement.setLong(2, end);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          LedgerEntry entry = log.read(rows).entry();
          kept.put(entry.seq(), entry);
        }
      }
    }
    return kept;
  }
}
