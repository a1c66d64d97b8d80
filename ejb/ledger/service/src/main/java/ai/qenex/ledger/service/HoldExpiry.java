package ai.qenex.ledger.service;

import ai.qenex.ledger.ExpireHold;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.Outcome;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Ends holds whose time is over. Which ones is read from the projection, so the ledger itself judges again; what is
 * asked twice has one id and one answer.
 */
public final class HoldExpiry {

  private static final int AT_ONCE = 2_000;
  /** What a run leaves over is the next one's. */
  private static final int MOST_ROUNDS = 50;
  private static final String DUE =
      "select id from ledger.hold where status = 'open' and expires_at <= ? order by expires_at, id limit ? offset ?";

  private final DataSource database;
  private final Ledger ledger;
  private final InstantSource clock;

  public HoldExpiry(DataSource database, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Ends all that are due.
   *
   * @return how many ended, or would have if they had not by themselves
   * @throws ai.qenex.kernel.QenexException as {@link Ledger#submit}: the next run takes it up
   */
  public int run() throws SQLException {
    int ended = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<UUID> due = due(round * AT_ONCE);
      for (Outcome outcome : ledger.submitAll(due.stream().map(ExpireHold::new).toList())) {
        ended += outcome instanceof Outcome.Accepted accepted && !accepted.repeated() ? 1 : 0;
      }
      if (due.size() < AT_ONCE) {
        break;
      }
    }
    return ended;
  }

  /** The projection may lag, so that what this run ended is passed over by the offset and not seen again. */
  private List<UUID> due(int offset) throws SQLException {
    try (var connection = database.getConnection(); var statement = connection.prepareStatement(DUE)) {
      statement.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      statement.setInt(2, AT_ONCE);
      statement.setInt(3, offset);
      var due = new ArrayList<UUID>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(rows.getObject(1, UUID.class));
        }
      }
      return due;
    }
  }
}
