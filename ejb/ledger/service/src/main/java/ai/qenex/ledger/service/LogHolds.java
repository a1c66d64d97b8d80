package ai.qenex.ledger.service;

import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.Holds;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Holds as the log tells them. Which holds an account has is read from the projection, and behind its watermark from
 * the log; how each stands is always the log's word.
 */
public final class LogHolds implements Holds {

  private static final String OF_ACCOUNT = "select id, placed_seq from ledger.hold "
      + "where account = ? and placed_seq <= ? order by placed_seq desc limit ?";
  private static final String OF_TAIL = "select id, seq from ledger.log "
      + "where seq > ? and seq <= ? and kind = 7 and debit = ? order by seq desc limit ?";

  private final LogAccess access;

  public LogHolds(DataSource database) {
    this.access = new LogAccess(database);
  }

  @Override
  public Optional<Life> find(UUID id) {
    return access.answer(connection -> Optional.ofNullable(lives(connection, List.of(id)).get(id)));
  }

  @Override
  public Page<Life> of(AccountNumber account, int limit, Optional<String> cursor) {
    long upTo = PagesBySeq.start(account, limit, cursor);
    return access.answer(connection -> {
      // one more than asked for tells whether there is a next page
      List<UUID> newest = newest(connection, account.value(), upTo, limit + 1);
      Map<UUID, Life> lives = lives(connection, newest);
      return PagesBySeq.page(newest.stream().map(lives::get).toList(), limit, account, life -> life.placed().seq());
    });
  }

  private static List<UUID> newest(Connection connection, long account, long upTo, int limit) throws SQLException {
    long watermark = LogAccess.watermark(connection);
    var ids = new ArrayList<UUID>();
    try (var tail = connection.prepareStatement(OF_TAIL)) {
      tail.setLong(1, watermark);
      tail.setLong(2, upTo);
      tail.setLong(3, account);
      tail.setInt(4, limit);
      add(tail, ids);
    }
    try (var projected = connection.prepareStatement(OF_ACCOUNT)) {
      projected.setLong(1, account);
      projected.setLong(2, Math.min(upTo, watermark));
      projected.setInt(3, limit - ids.size());
      add(projected, ids);
    }
    return ids;
  }

  private static void add(java.sql.PreparedStatement statement, List<UUID> ids) throws SQLException {
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
  }

  private Map<UUID, Life> lives(Connection connection, List<UUID> ids) throws SQLException {
    var lives = new HashMap<UUID, Life>();
    Map<UUID, List<LedgerEntry>> entries = access.log(connection).entriesOfHolds(connection, ids);
    entries.forEach((id, ofHold) -> ofHold.stream()
        .filter(HoldPlaced.class::isInstance).map(HoldPlaced.class::cast).findFirst()
        .ifPresent(placed -> lives.put(id, new Life(placed, Hold.of(id, ofHold).orElseThrow()))));
    return lives;
  }
}
