package ai.qenex.ledger.service;

import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountChanges;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The changes of an account out of the log, by an index of the few entries that open or change accounts. */
public final class LogChanges implements AccountChanges {

  private static final String NEWEST = "select " + LogStore.COLUMNS + " from ledger.log "
      + "where kind in (3, 4) and (detail ->> 'number')::bigint = ? and seq <= ? order by seq desc limit ?";

  private final LogAccess access;

  public LogChanges(DataSource database) {
    this.access = new LogAccess(database);
  }

  @Override
  public Page<LedgerEntry> of(AccountNumber account, int limit, Optional<String> cursor) {
    long upTo = PagesBySeq.start(account, limit, cursor);
    List<LedgerEntry> newest = access.answer(connection -> {
      LogStore log = access.log(connection);
      var entries = new ArrayList<LedgerEntry>();
      try (var statement = connection.prepareStatement(NEWEST)) {
        statement.setLong(1, account.value());
        statement.setLong(2, upTo);
        statement.setInt(3, limit + 1);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            entries.add(log.read(rows).entry());
          }
        }
      }
      return entries;
    });
    return PagesBySeq.page(newest, limit, account, LedgerEntry::seq);
  }
}
